import psycopg
import pytest

from onboard.catalog.snapshot import Selection
from tests.catalog.engines.postgresql.scans import only_table, public, scan, version
from tests.conftest import NewDatabase


def test_reads_keys(new_database: NewDatabase) -> None:
    table = only_table(
        new_database(
            "create table t (a int, b int, c text, constraint k primary key (b, a),"
            " constraint u unique (c, a) include (b) deferrable initially deferred)",
            "comment on constraint u on t is 'why'",
        )
    )
    assert table.primary_key is not None
    assert (table.primary_key.name, table.primary_key.columns) == ("k", ("b", "a"))
    assert [column.is_nullable for column in table.columns] == [False, False, True]
    (unique,) = table.uniques
    assert (unique.columns, unique.include, unique.comment) == (("c", "a"), ("b",), "why")
    assert (unique.is_deferrable, unique.is_initially_deferred, unique.nulls_not_distinct) == (True, True, False)
    assert [(index.name, index.constraint) for index in table.indexes] == [("k", "k"), ("u", "u")]


def test_reads_nulls_not_distinct(new_database: NewDatabase) -> None:
    dsn = new_database()
    if version(dsn) < 150000:
        pytest.skip("since 15")
    table = only_table(new_database("create table t (a int unique nulls not distinct)"))
    assert table.uniques[0].nulls_not_distinct
    assert table.indexes[0].nulls_not_distinct


def test_reads_foreign_keys_across_schemas(new_database: NewDatabase) -> None:
    catalog = scan(
        new_database(
            "create schema hr",
            "create table hr.dept (region int, number int, primary key (region, number))",
            "create table emp (d int, r int, boss int, id int primary key,"
            " constraint in_dept foreign key (r, d) references hr.dept match full"
            "   on delete cascade on update set null deferrable initially deferred)",
            "alter table emp add constraint has_boss foreign key (boss) references emp (id) not valid",
        )
    ).catalog
    boss, dept = public(catalog, "emp").foreign_keys
    assert (boss.name, boss.is_valid, boss.on_delete) == ("has_boss", False, "no action")
    assert (dept.columns, str(dept.references), dept.referenced_columns) == (
        ("r", "d"),
        "hr.dept",
        ("region", "number"),
    )
    assert (dept.match, dept.on_delete, dept.on_update) == ("full", "cascade", "set null")
    assert dept.is_deferrable
    assert dept.is_initially_deferred


def test_reads_checks_and_exclusions(new_database: NewDatabase) -> None:
    table = only_table(
        new_database(
            "create table t (b int, a int, r int4range, constraint c check (a > b) no inherit,"
            " constraint x exclude using gist (r with &&, (r * r) with =) where (a > 0))",
            "alter table t add constraint n check (a <> 3) not valid",
        )
    )
    check, not_valid = table.checks
    assert (check.expression, check.columns, check.is_no_inherit) == ("(a > b)", ("b", "a"), True)
    assert not not_valid.is_valid
    (exclusion,) = table.exclusions
    assert exclusion.elements == (("r", "&&"), ("(r * r)", "="))
    assert (exclusion.method, exclusion.predicate) == ("gist", "(a > 0)")


def test_names_the_columns_of_a_referenced_table_that_is_not_scanned(new_database: NewDatabase) -> None:
    dsn = new_database("create table a (x int, y int, primary key (y, x))", "create table b (p int, q int)")
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("alter table b add foreign key (p, q) references a")
    (table,) = scan(dsn, Selection(tables=("b",))).catalog.tables
    assert table.foreign_keys[0].referenced_columns == ("y", "x")


def test_version_18_lists_no_not_null_as_a_check(new_database: NewDatabase) -> None:
    dsn = new_database("create domain d as int not null", "create table t (a int not null, b d, c int check (c > 0))")
    catalog = scan(dsn).catalog
    table = public(catalog, "t")
    assert [check.columns for check in table.checks] == [("c",)]
    assert [column.is_nullable for column in table.columns] == [False, False, True]
    assert catalog.types[0].checks == ()


def test_reads_what_is_new_in_version_18(new_database: NewDatabase) -> None:
    if version(new_database()) < 180000:
        pytest.skip("since 18")
    catalog = scan(
        new_database(
            "create table p (id int4range, during daterange, v int generated always as (lower(id) + 1),"
            " primary key (id, during without overlaps), constraint c check (lower(id) > 0) not enforced)",
            "create table r (id int4range, d daterange, foreign key (id, period d) references p (id, period during))",
        )
    ).catalog
    table = public(catalog, "p")
    assert table.primary_key is not None
    assert table.primary_key.without_overlaps
    assert (table.columns[2].generated, table.columns[2].is_stored) == ("(lower(id) + 1)", False)
    assert not table.checks[0].is_enforced
    assert public(catalog, "r").foreign_keys[0].referenced_columns == ("id", "during")
