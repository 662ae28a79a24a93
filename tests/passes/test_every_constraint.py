"""Indexes, uniques, checks and exclusions: models that load, check, and make the same again by themselves."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.conftest import NewDatabase
from tests.passes.project import STATE, app_of, ask, catalog_of, write_app

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers

INDEXES = (
    "create index i1 on t (a)",
    "create index i2 on t (a desc, b)",
    "create index i3 on t (a desc nulls last)",
    "create index i4 on t using gin (lower(name) gin_trgm_ops)",
    "create index i5 on t (lower(name) text_pattern_ops)",
    "create index i6 on t (upper(code) text_pattern_ops desc nulls last)",
    "create index i7 on t (name text_pattern_ops, a)",
    'create index i8 on t (name collate "C")',
    'create index i9 on t (lower(name) collate "C", a)',
    'create index i10 on t (name collate "C" text_pattern_ops desc)',
    "create index i11 on t (length(name))",
    "create index i12 on t (md5(code))",
    "create index i13 on t (reverse(name))",
    "create index i14 on t (abs(a))",
    "create index i15 on t using brin (a) with (autosummarize = on, pages_per_range = 32)",
    "create index i16 on t (a) with (fillfactor = 70)",
    "create index i17 on t using gin (tags) with (fastupdate = off)",
    "create index i18 on t using gist (span) with (fillfactor = 80)",
    "create index i19 on t using hash (name)",
    "create index i20 on t using spgist (span)",
    "create index i21 on t (a) include (b) where name is not null",
    "create index i22 on t (coalesce(name, code))",
    "create index i23 on t ((doc ->> 'name'))",
    "create index i24 on t using gin (doc jsonb_path_ops)",
    "create index i25 on t (a) where b > 3 and code = 'x'",
    "create index a_name_of_an_index_that_is_far_longer_than_thirty on t (lower(name) text_pattern_ops, a desc)",
    "create index a_name_of_an_index_that_is_longer_and_has_an_option on t (b) with (fillfactor = 60)",
    "create index i28 on t (a) where moment >= '2024-01-01'",
    "create index i29 on t (a) where seen < '2024-01-01 12:30:15.25+02' and day = '2024-02-29'",
    "create index i26 on t ((a + b))",
    "create index i27 on t (date_trunc('day', moment))",
    "create unique index u1 on t (a)",
    "create unique index u2 on t (a desc, b)",
    "create unique index u3 on t (lower(name))",
    "create unique index u4 on t (a) where b is null",
    "create unique index u5 on t (a, b) include (name)",
    "create unique index u6 on t (name text_pattern_ops)",
    "create unique index u7 on t (a) with (fillfactor = 50)",
    'create unique index u8 on t (name collate "C")',
    "create unique index u9 on t (lower(name) text_pattern_ops)",
)
CONSTRAINTS = (
    "unique (a, name)",
    "unique (a, code) deferrable",
    "unique (b, code) deferrable initially deferred",
    "unique (b, name) include (code)",
    "check (moment > '2000-01-01 12:30')",
    "check (seen > '2000-01-01 12:30+00' and day < '2100-01-01')",
    "check (a > 0)",
    "check (code in ('a', 'b', 'x'))",
    "check (name like 'x%')",
    "check (a < b or name is not null)",
    "check (a <> 7) no inherit",
    "constraint none_over exclude using gist (span with &&)",
    "constraint none_beside exclude using gist (a with =, span with &&) where (code = 'x')",
    "constraint none_late exclude using gist (a with =, span with -|-) deferrable initially deferred",
    "constraint none_far exclude using spgist (span with &&)",
    "constraint none_kept exclude using gist (span with &&) include (a)",
    "constraint none_lower exclude using gist (lower(name) with =)",
    "constraint none_plain exclude (a with =, b with =)",
    "constraint none_made exclude using gist (int4range(a, b) with &&)",
    "constraint none_class exclude using gist (name gist_trgm_ops with =)",
)
SINCE_15 = (
    "create unique index u10 on t (a, b) nulls not distinct",
    "alter table t add unique nulls not distinct (a, b)",
)

MAKE = """
with connection.cursor() as cursor:
    cursor.execute('drop table t cascade')
[model] = models
model._meta.managed = True
with connection.schema_editor() as editor:
    editor.create_model(model)
tell(len(models))
"""
DEFINITIONS = """
select indexname, indexdef from pg_indexes where tablename = 't'
union all select conname, pg_get_constraintdef(oid) from pg_constraint where conrelid = 't'::regclass order by 1, 2
"""


@pytest.fixture
def database(new_database: NewDatabase, server_version: int) -> str:
    columns = "id integer primary key, a integer, b integer not null, name text, code varchar(9), doc jsonb"
    return new_database(
        "create extension pg_trgm",
        "create extension btree_gist",
        f"create table t ({columns}, tags text[], span int4range, moment timestamp, seen timestamptz, day date)",
        *INDEXES,
        *(f"alter table t add {constraint}" for constraint in CONSTRAINTS),
        *(SINCE_15 if server_version >= 15 else ()),
    )


def definitions(dsn: str) -> dict[str, str]:
    with psycopg.connect(dsn) as connection:
        return {str(name): str(words) for name, words in connection.execute(DEFINITIONS).fetchall()}


def model_words(folder: Path) -> str:
    return (folder / "legacy/models.py").read_text()


def test_loads_checks_clean_and_is_recorded_as_it_is(database: str, tmp_path: Path) -> None:
    write_app(app_of(catalog_of(database)), tmp_path)
    assert ask(tmp_path, database, STATE) == {"checks": [], "changes": []}


def test_makes_the_same_again_from_the_model_alone(database: str, tmp_path: Path) -> None:
    write_app(app_of(catalog_of(database)), tmp_path)
    before = definitions(database)
    assert ask(tmp_path, database, MAKE) == 1
    after = definitions(database)
    assert model_words(tmp_path).count("datetime(") == 4
    assert {name: words for name, words in after.items() if before.get(name) != words} == {}
    assert before.keys() == after.keys()


def test_takes_simple_exclusions_for_djangos_own_and_names_the_rest(database: str) -> None:
    [model] = app_of(catalog_of(database)).models
    assert model.text.count("ExclusionConstraint(") == 6
    kept = sorted(note for note in model.notes if "by the database alone" in note)
    assert [note.split("`")[1] for note in kept] == ["none_class", "none_made", "none_plain"]


def test_refuses_a_row_that_an_exclusion_forbids_before_the_database_does(
    new_database: NewDatabase, tmp_path: Path
) -> None:
    dsn = new_database(
        "create extension btree_gist",
        "create table room (id integer primary key)",
        "insert into room values (1), (2)",
        "create table booking (id serial primary key, room_id integer not null references room, "
        "during tsrange not null, kind text not null default 'x', "
        "exclude using gist (room_id with =, during with &&) where (kind = 'x'))",
        "insert into booking (room_id, during) values (1, '[2024-01-01,2024-01-05)')",
    )
    write_app(app_of(catalog_of(dsn)), tmp_path)
    script = """
from datetime import datetime
from django.core.exceptions import ValidationError
from psycopg.types.range import TimestampRange
Booking = apps.get_model("legacy", "Booking")
row = Booking.objects.get()
row.full_clean()
row.save()
span = TimestampRange(datetime(2024, 1, 4), datetime(2024, 1, 9))
said = []
for given in ({"room_id": 1, "kind": "x"}, {"room_id": 1, "kind": "y"}, {"room_id": 2, "kind": "x"}):
    made = Booking(during=span, **given)
    try:
        made.full_clean()
        made.save()
        said.append("saved")
    except ValidationError as error:
        said.append(next(iter(error.message_dict)))
tell(said)
"""
    assert ask(tmp_path, dsn, script) == ["__all__", "saved", "saved"]
