"""The main job on every fixture: scan, generate, check, migrate, promote all, rebuild from nothing; rows unchanged."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from onboard.catalog.canonical import from_json, to_json
from onboard.catalog.structure import Catalog
from tests.conftest import NewDatabase
from tests.legacy_dbs import LegacyDb, legacy_dbs, manage, onboard

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers

_DJANGO = ("auth_", "django_")


@pytest.mark.parametrize("legacy", legacy_dbs(), ids=lambda legacy: legacy.name)
def test_goes_the_whole_way(legacy: LegacyDb, new_database: NewDatabase, tmp_path: Path) -> None:
    dsn = legacy.made(new_database, tmp_path / "database")
    work = tmp_path / "work"
    work.mkdir()
    onboard(work, "scan", dsn, *legacy.scan)
    onboard(work, "generate", "--app", "legacy", code=None)
    before, rows = _catalog(work), _rows(dsn, _catalog(work))
    assert sum(map(len, rows.values())) > 0

    manage(work, "check", "--fail-level", "WARNING", dsn=dsn)
    manage(work, "makemigrations", "--check", "--dry-run", dsn=dsn)
    manage(work, "migrate", dsn=dsn)
    onboard(work, "scan", dsn, "--check", *legacy.scan, *_without_django())
    onboard(work, "promote", "--all", dsn=dsn, code=None)
    assert _managed(work, dsn) == _promotable(before)
    manage(work, "makemigrations", "--check", "--dry-run", dsn=dsn)
    manage(work, "migrate", dsn=dsn)
    onboard(work, "scan", dsn, "--check", *legacy.scan, *_without_django())
    assert _rows(dsn, before) == rows
    onboard(work, "generate", "--check", dsn=dsn)

    fresh = legacy.empty(new_database, tmp_path / "fresh")
    manage(work, "migrate", dsn=fresh)
    again = tmp_path / "again"
    again.mkdir()
    onboard(again, "scan", fresh, *legacy.scan, *_without_django())
    assert _comparable(_catalog(again)) == _comparable(before)


def test_a_later_change_migrates_as_for_any_model(new_database: NewDatabase, tmp_path: Path) -> None:
    legacy = next(one for one in legacy_dbs() if one.name == "accounts_customers")
    dsn = legacy.made(new_database, tmp_path)
    onboard(tmp_path, "scan", dsn)
    onboard(tmp_path, "generate", "--app", "legacy")
    manage(tmp_path, "migrate", dsn=dsn)
    onboard(tmp_path, "promote", "legacy_customers", dsn=dsn)
    models = tmp_path / "legacy/models.py"
    field = "    full_name = models.CharField(max_length=255"
    added = '    nickname = models.CharField(max_length=30, default="", db_index=True)\n'
    models.write_text(models.read_text().replace(field, added + field.replace("255", "300")))
    manage(tmp_path, "makemigrations", "legacy", dsn=dsn)
    manage(tmp_path, "migrate", dsn=dsn)
    with psycopg.connect(dsn) as connection:
        query = "select nickname, fullname from legacy_customers order by id limit 1"
        assert connection.execute(query).fetchone() == ("", "Ada Lindqvist")


def _without_django() -> list[str]:
    return [part for prefix in _DJANGO for part in ("--exclude", f"{prefix}*")]


def _catalog(work: Path) -> Catalog:
    return from_json((work / ".onboard/catalog.json").read_text())


def _comparable(catalog: Catalog) -> object:
    """Return the tables, but for their triggers, which are the database's own affair and stay with it."""
    tables = tuple(replace(table, triggers=()) for table in catalog.tables)
    return json.loads(to_json(replace(catalog, tables=tables)))["tables"]


def _promotable(catalog: Catalog) -> set[str]:
    """Every table with a key, views and keyless tables aside."""
    return {table.name.name for table in catalog.tables if table.primary_key and not table.is_view}


_ASK = """
from django.apps import apps
import json
print(json.dumps([m._meta.db_table for m in apps.get_app_config("legacy").get_models() if m._meta.managed]))
"""


def _managed(work: Path, dsn: str) -> set[str]:
    printed = manage(work, "shell", "-v", "0", "-c", _ASK, dsn=dsn).stdout.strip().rpartition("\n")[2]
    return {name.rpartition(".")[2].strip('"') for name in json.loads(printed)}


def _rows(dsn: str, catalog: Catalog) -> dict[str, list[str]]:
    tables = [table.name for table in catalog.tables if not table.is_view]
    if dsn.startswith("sqlite"):
        with closing(sqlite3.connect(dsn.removeprefix("sqlite:///"))) as connection:
            return {str(one): sorted(map(repr, connection.execute(f'select * from "{one.name}"'))) for one in tables}
    with psycopg.connect(dsn) as server:
        found = {}
        for one in tables:
            query = sql.SQL("select t::text from {} t").format(sql.Identifier(one.schema, one.name))
            found[str(one)] = sorted(row[0] for row in server.execute(query))
        return found
