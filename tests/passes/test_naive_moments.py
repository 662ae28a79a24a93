"""Timestamps without time zone under USE_TZ: what stands in the column is what is read, written and asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.passes.project import STATE, app_of, ask, catalog_of, write_app

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers

ZONES = ("UTC", "America/New_York", "Asia/Kolkata")
ASKED = """
from datetime import date, datetime, time, timedelta
from datetime import timezone as zones
from django.db.models.functions import TruncDay
from django.utils import timezone
from zoneinfo import ZoneInfo
[model] = models
found = {}
for zone in %r:
    with timezone.override(zone):
        row = model.objects.get(at=datetime(2023, 12, 31, 22))
        row.save()
        rows = [
            model.objects.filter(**{f"at__{name}": value}).count()
            for name, value in {
                "date": date(2023, 12, 31), "time": time(22), "year": 2023, "year__lt": 2024, "month": 12, "day": 31,
                "hour": 22, "quarter": 4, "week_day": 1, "iso_week_day": 7, "iso_year": 2023, "week": 52, "minute": 0,
                "date__gte": date(2023, 12, 31), "gte": datetime(2023, 12, 31, 22), "lt": datetime(2023, 12, 31, 22, 1),
                "exact": datetime(2023, 12, 31, 22, tzinfo=ZoneInfo(zone)), "second": 0, "year__gte": 2023,
                "range": (datetime(2023, 12, 31), datetime(2024, 1, 1)), "in": [datetime(2023, 12, 31, 22)],
            }.items()
        ]
        day = model.objects.annotate(day=TruncDay("at", tzinfo=zones.utc)).get().day
        found[zone] = [set(rows) == {1}, str(row.at), str(model.objects.get().at), day.isoformat()]
tell(found)
"""


def test_stands_in_every_zone(new_database: NewDatabase, tmp_path: Path) -> None:
    dsn = new_database(
        "create table t (id integer primary key, at timestamp not null)",
        "insert into t values (1, '2023-12-31 22:00')",
    )
    write_app(app_of(catalog_of(dsn)), tmp_path)
    assert ask(tmp_path, dsn, STATE) == {"checks": [], "changes": []}
    stands = [True, "2023-12-31 22:00:00", "2023-12-31 22:00:00", "2023-12-31T00:00:00"]
    assert ask(tmp_path, dsn, ASKED % (ZONES,)) == dict.fromkeys(ZONES, stands)
