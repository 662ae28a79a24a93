import psycopg
import pytest

from onboard.catalog.structure import (
    Extension,
)
from tests.catalog.engines.postgresql.scans import scan, version
from tests.conftest import NewDatabase


def test_follows_functions_from_checks_indexes_and_other_functions(new_database: NewDatabase) -> None:
    dsn = new_database()
    if version(dsn) < 140000:
        pytest.skip("functions record what their bodies call since 14")
    one = "language sql immutable return"
    catalog = scan(
        new_database(
            f"create function deep(x int) returns int {one} x",
            f"create function f1(x int) returns int {one} public.deep(x)",
            f"create function f2(x int) returns int {one} x",
            f"create function f3(x int) returns bool {one} x > 0",
            "create domain positive as int check (f3(value))",
            "create table t (a int check (f1(a) > 0), b positive)",
            "create index on t (f2(a))",
        )
    ).catalog
    assert [function.name.name for function in catalog.functions] == ["deep", "f1", "f2", "f3"]


def test_lists_the_extensions_that_are_used(new_database: NewDatabase) -> None:
    dsn = new_database(
        "create function given(int) returns int language sql immutable as 'select 1'",
        "create table t (id int default given(1))",
    )
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("alter extension plpgsql add function given(int)")
    catalog = scan(dsn).catalog
    assert catalog.extensions == (Extension("plpgsql", "pg_catalog"),)
    assert catalog.functions == ()
