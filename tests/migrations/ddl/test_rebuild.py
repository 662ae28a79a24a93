"""The closed loop: what is read, rebuilt from statements and read again is the same Catalog."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from onboard.catalog.canonical import to_json
from onboard.catalog.dsn import parse_dsn
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection
from onboard.catalog.structure import Catalog, Table
from onboard.migrations.ddl.rebuild import rebuild
from tests.conftest import NewDatabase

SCHEMAS = Path(__file__).parent / "schemas"


@pytest.mark.parametrize("partitions", [False, True])
@pytest.mark.parametrize(
    "names",
    [
        "newest",
        "keys",
        "columns",
        "types",
        "functions",
        "indexes",
        "partitions",
        "views",
        "hostile",
        "keys types functions views",
    ],
)
def test_a_rebuilt_database_reads_as_the_original(
    names: str, partitions: bool, new_database: NewDatabase, server_dsn: str
) -> None:
    schemas = ("public", "select", 'we"ird; drop table x; --') if names == "hostile" else ("public",)
    selection = Selection(schemas=schemas, views=True, partitions=partitions)
    texts = [(SCHEMAS / f"{name}.sql").read_text(encoding="utf-8") for name in names.split()]
    if _version(server_dsn) < max(_since(text) for text in texts):
        pytest.skip("a later PostgreSQL is needed")
    made = new_database(*texts)
    original = read_snapshot(parse_dsn(made), selection).catalog
    assert original.tables
    again = read_snapshot(parse_dsn(_rebuilt(original, new_database)), selection).catalog
    assert _comparable(again) == _comparable(original)


def _since(text: str) -> int:
    found = re.match(r"-- since (\d+)", text)
    return int(found[1]) if found else 13


def _version(dsn: str) -> int:
    with psycopg.connect(dsn) as connection:
        return connection.info.server_version // 10_000


def _rebuilt(catalog: Catalog, new_database: NewDatabase) -> str:
    dsn = new_database()
    with psycopg.connect(dsn) as connection:
        connection.execute("set local check_function_bodies = off")
        for statement in rebuild(catalog).in_order():
            connection.execute(statement.encode())
    return dsn


def _comparable(catalog: Catalog) -> str:
    return to_json(replace(catalog, version="", tables=tuple(_without_programs(one) for one in catalog.tables)))


def _without_programs(table: Table) -> Table:
    """Triggers, rules and policies are listed by name alone, and reported."""
    return replace(table, triggers=(), rules=(), policies=(), has_row_security=False)


def test_what_cannot_be_made_is_named(new_database: NewDatabase) -> None:
    dsn = new_database(
        "create foreign data wrapper nothing; create server nowhere foreign data wrapper nothing;"
        " create foreign table far (id integer) server nowhere"
    )
    statements = rebuild(read_snapshot(parse_dsn(dsn), Selection()).catalog)
    assert statements.tables == ()
    assert [(one.what, str(one.name)) for one in statements.not_made] == [("foreign table", "public.far")]


def test_an_index_that_is_invalid_is_not_made(new_database: NewDatabase) -> None:
    dsn = new_database("create table t (a integer)", "create index broken on t (a)")
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("update pg_index set indisvalid = false where indexrelid = 'broken'::regclass")
    statements = rebuild(read_snapshot(parse_dsn(dsn), Selection()).catalog)
    assert not any("broken" in text for text in statements.in_order())
    assert [str(one.name) for one in statements.not_made] == ["public.broken"]


def test_a_rebuilt_sqlite_file_reads_as_the_original(tmp_path: Path) -> None:
    original, again = tmp_path / "original.sqlite3", tmp_path / "again.sqlite3"
    with closing(sqlite3.connect(original)) as connection:
        connection.executescript((SCHEMAS / "sqlite.sql").read_text(encoding="utf-8"))
    found = read_snapshot(parse_dsn(f"sqlite:///{original}"), Selection(views=True)).catalog
    with closing(sqlite3.connect(again)) as connection:
        for statement in rebuild(found).in_order():
            connection.execute(statement)
    assert to_json(read_snapshot(parse_dsn(f"sqlite:///{again}"), Selection(views=True)).catalog) == to_json(found)
