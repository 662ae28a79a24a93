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


def test_follows_what_the_text_of_a_body_calls(new_database: NewDatabase) -> None:
    catalog = scan(
        new_database(
            "create function loose(int) returns int language sql immutable as 'select 1'",
            "create function \"Deepest\"(x int) returns int language sql immutable as 'select x'",
            """create function deep(x int) returns int language plpgsql immutable
               as 'begin return "Deepest" (x); end'""",
            "create function outer_one(x int) returns int language sql immutable as 'select public.DEEP(x)'",
            "create table t (a int check (outer_one(a) > 0))",
        )
    ).catalog
    assert [function.name.name for function in catalog.functions] == ["Deepest", "deep", "outer_one"]


def test_lists_the_extensions_that_bodies_call(new_database: NewDatabase) -> None:
    dsn = new_database(
        "create function given(int) returns int language sql immutable as 'select 1'",
        "create function gives() returns int language sql immutable as 'select given(2)'",
        "create table t (id int default gives())",
    )
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("alter extension plpgsql add function given(int)")
    catalog = scan(dsn).catalog
    assert catalog.extensions == (Extension("plpgsql", "pg_catalog"),)
    assert [function.name.name for function in catalog.functions] == ["gives"]


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
