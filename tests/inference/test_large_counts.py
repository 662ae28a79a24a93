"""Counts of every row of tables that are large: the answers are those that counting group by group would give."""

from __future__ import annotations

import re

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from onboard.catalog.dsn import parse_dsn
from onboard.catalog.structure import TableName
from onboard.inference.measured import Uniqueness
from onboard.inference.probes._postgresql_counts import one_pass_question
from onboard.inference.probes._postgresql_samples import lookup_join
from onboard.inference.probes._postgresql_sessions import Sessions, connect
from onboard.inference.rows import Asked, ColumnsOf, Lookup, open_rows
from onboard.inference.type_classes import TypeClass
from tests.conftest import NewDatabase

TABLES = (
    "create table boxes (shelf integer, slot integer, code bigint)",
    "create table parcels (no integer, shelf smallint, slot integer, code bigint)",
    "insert into boxes select n / 10, n % 10 - 5, n * 3000000000 from generate_series(0, 99) n",
    "insert into parcels select n, n % 100 / 10, n % 10 - 5, n % 50 * 3000000000 from generate_series(0, 299) n",
)


def _columns(table: str, *names: str, kind: TypeClass = TypeClass.WHOLE) -> ColumnsOf:
    return ColumnsOf(TableName("public", table), tuple(Asked(name, kind, name != "code") for name in names))


def _held(dsn: str, *names: str, is_key: bool = False) -> int | None:
    with open_rows(parse_dsn(dsn)) as rows:
        return rows.held(_columns("parcels", *names), _columns("boxes", *names), is_key=is_key, timeout_s=10)


def _uniqueness(dsn: str, table: str, *names: str) -> Uniqueness:
    with open_rows(parse_dsn(dsn)) as rows:
        return rows.uniqueness(_columns(table, *names), timeout_s=10)


def test_says_in_how_many_rows_a_column_is_set_whose_values_are_all_held(new_database: NewDatabase) -> None:
    dsn = new_database(*TABLES)
    assert _held(dsn, "code") == 300
    assert _held(dsn, "shelf", "slot") == 300
    assert _held(dsn, "shelf", "slot", is_key=True) == 300


def test_says_nothing_where_one_value_is_missing(new_database: NewDatabase) -> None:
    dsn = new_database(*TABLES, "update parcels set code = 5 where no = 10")
    assert _held(dsn, "code") is None


def test_a_half_with_a_sign_is_not_taken_for_another_pair(new_database: NewDatabase) -> None:
    for missing in ("(2, -6)", "(-2, 4)", "(10, -5)"):
        shelf, slot = missing.strip("()").split(",")
        dsn = new_database(*TABLES, f"insert into parcels values (300, {shelf}, {slot})")
        assert _held(dsn, "shelf", "slot", is_key=True) is None


def test_nulls_refer_to_nothing(new_database: NewDatabase) -> None:
    dsn = new_database(
        *TABLES, "insert into parcels values (300, null, 999, null)", "insert into boxes values (null, 1)"
    )
    assert _held(dsn, "shelf", "slot") == 300
    assert _held(dsn, "code") == 300


def test_a_key_without_gaps_holds_what_lies_in_its_range(new_database: NewDatabase) -> None:
    numbered = "create table boxes (no integer)", "insert into boxes select n from generate_series(-3, 90) n"
    parcels = "create table parcels (no integer)", "insert into parcels select n % 90 from generate_series(0, 299) n"
    assert _held(new_database(*numbered, *parcels), "no", is_key=True) == 300
    assert _held(new_database(*numbered, *parcels, "insert into parcels values (-4)"), "no", is_key=True) is None
    assert _held(new_database(*numbered, *parcels, "delete from boxes where no = 7"), "no", is_key=True) is None


def test_a_parent_with_a_value_twice_is_told_from_a_key_without_gaps(new_database: NewDatabase) -> None:
    dsn = new_database(
        "create table boxes (no integer)",
        "insert into boxes values (1), (1), (3)",
        "create table parcels (no integer)",
        "insert into parcels values (1), (2)",
    )
    assert _held(dsn, "no") is None


def test_counts_duplicates_and_nulls_of_a_key(new_database: NewDatabase) -> None:
    dsn = new_database(
        *TABLES, "insert into boxes values (3, 2, 6000000000), (null, 1, null), (null, 1, null), (1, null, 7)"
    )
    assert _uniqueness(dsn, "boxes", "shelf", "slot") == Uniqueness(104, 1, 3)
    assert _uniqueness(dsn, "boxes", "code") == Uniqueness(104, 1, 2)


def test_text_has_no_quicker_way(new_database: NewDatabase) -> None:
    dsn = new_database("create table boxes (tag text)", "create table parcels (tag text)")
    kind = TypeClass.TEXT
    with open_rows(parse_dsn(dsn)) as rows:
        found = rows.held(
            _columns("parcels", "tag", kind=kind), _columns("boxes", "tag", kind=kind), is_key=False, timeout_s=9
        )
    assert found is None


LINES = (
    "create table orders (no integer)",
    "create table lines (no integer, line smallint)",
    "insert into orders select n * 5 from generate_series(-40, 400) n",
    "insert into lines select n / 4 * 5, n % 4 + 4 from generate_series(-160, 1599) n where n / 4 <> 0",
    "insert into lines select 0, n from generate_series(0, 7) n",
)


def _in_one_pass(dsn: str, width: int = 8) -> tuple[Uniqueness, bool, Uniqueness] | None:
    parent = ColumnsOf(TableName("public", "orders"), (Asked("no", TypeClass.WHOLE, is_short=True),))
    with open_rows(parse_dsn(dsn)) as rows:
        return rows.key_and_held(_columns("lines", "no", "line"), parent, width=width, timeout_s=10)


@pytest.mark.parametrize("width", [8, 16, 32])
def test_one_pass_says_whether_two_columns_are_unique_and_the_first_is_held(
    new_database: NewDatabase, width: int
) -> None:
    rows = 1760 - 7 + 8
    assert _in_one_pass(new_database(*LINES), width) == (Uniqueness(rows, 0, 0), True, Uniqueness(441, 0, 0))
    twice = "insert into lines select no, line from lines where no = -200 or no = 5"
    found = _in_one_pass(new_database(*LINES, twice), width)
    assert found == (Uniqueness(rows + 5, 5, 0), True, Uniqueness(441, 0, 0))


@pytest.mark.parametrize("width", [8, 16, 32])
def test_one_pass_counts_duplicates_and_nulls_of_the_parent(new_database: NewDatabase, width: int) -> None:
    more = "insert into orders values (-200), (5), (5), (7), (null), (null), (2147483647), (-2147483648)"
    found = _in_one_pass(new_database(*LINES, more), width)
    assert found is not None
    assert found[1:] == (True, Uniqueness(449, 3, 2))


@pytest.mark.parametrize("missing", [1, -201, 2**31 - 1, -(2**31)])
def test_one_pass_misses_no_value_that_is_not_held(new_database: NewDatabase, missing: int) -> None:
    found = _in_one_pass(new_database(*LINES, f"insert into lines values ({missing}, 3)"))
    assert found is not None
    assert not found[1]
    assert not found[0].duplicates


@pytest.mark.parametrize("row", ["(5, 8)", "(5, -1)", "(5, 32767)", "(5, null)", "(null, 5)", "(null, null)"])
def test_one_pass_says_nothing_where_a_row_does_not_fit(new_database: NewDatabase, row: str) -> None:
    assert _in_one_pass(new_database(*LINES, f"insert into lines values {row}")) is None


@pytest.mark.parametrize("width", [8, 16, 32])
def test_servers_without_a_count_of_bits_answer_the_same(new_database: NewDatabase, width: int) -> None:
    dsn = new_database(*LINES, "insert into orders values (5), (null), (-2147483648)")
    parent = ColumnsOf(TableName("public", "orders"), (Asked("no", TypeClass.WHOLE, is_short=True),))
    question = one_pass_question(_columns("lines", "no", "line"), parent, width=width, counts_bits=False)
    with psycopg.connect(dsn) as server:
        assert server.execute(question).fetchone() == (1761, 1761, 1761, True, 444, 443, 442)


def test_one_pass_says_nothing_of_no_rows(new_database: NewDatabase) -> None:
    assert _in_one_pass(new_database(*LINES[:2])) is None


def test_one_pass_holds_nothing_where_the_parent_is_empty_or_null(new_database: NewDatabase) -> None:
    found = _in_one_pass(new_database(*LINES, "update orders set no = null"))
    assert found is not None
    assert not found[1]


@pytest.mark.parametrize("names", [("no",), ("no", "shelf")])
def test_few_values_are_gathered_and_not_the_large_parent_in_which_they_are_looked_up(
    new_database: NewDatabase, names: tuple[str, ...]
) -> None:
    dsn = new_database(
        "create table boxes (no integer, shelf integer)",
        "insert into boxes select n / 2, n / 2 from generate_series(0, 399999) n",
    )
    parent = ColumnsOf(TableName("public", "boxes"), tuple(Asked(name, TypeClass.WHOLE) for name in names), Lookup.SCAN)
    join = lookup_join(parent, Identifier("p"), [Identifier(f"k{number}") for number in range(len(names))])
    values = "select n * 100 as k0, n * 100 as k1, count(*) as n from generate_series(-5, 1994) n group by 1, 2"
    with psycopg.connect(dsn, autocommit=True) as server:
        server.execute("analyze")
        server.execute("set max_parallel_workers_per_gather = 0")
        question = SQL("with v as materialized ({}) select count(*), count(p.found) from v {}").format(
            SQL(values), join
        )
        assert server.execute(question).fetchone() == (2000, 1995)
        plan = "\n".join(line for (line,) in server.execute(SQL("explain ") + question).fetchall())
    assert "Seq Scan on boxes" in plan
    assert not re.search(r"->  Hash  .*\n +->  Seq Scan on boxes", plan), plan


def test_pairs_at_the_ends_of_their_types_are_told_apart(new_database: NewDatabase) -> None:
    ends = "(-2147483648), (-1), (0), (1), (2147483647)"
    dsn = new_database(
        "create table boxes (shelf integer, slot integer)",
        f"insert into boxes select a, b from (values {ends}) x(a), (values {ends}) y(b)",
        "create table parcels (shelf integer, slot integer)",
        "insert into parcels select * from boxes",
    )
    assert _uniqueness(dsn, "boxes", "shelf", "slot") == Uniqueness(25, 0, 0)
    assert _held(dsn, "shelf", "slot", is_key=True) == 25


def test_a_sort_that_fits_gets_more_memory_and_one_at_a_time(new_database: NewDatabase) -> None:
    dsn = parse_dsn(new_database())
    first = connect(dsn)
    assert first is not None
    sessions = Sessions(first, dsn)
    for values, needed in (0, 64), (2_000_000, 64), (7_000_000, 164), (9_000_000, 64):
        with sessions.memory_mb(values) as memory_mb:
            assert memory_mb == needed
    with sessions.memory_mb(7_000_000), sessions.memory_mb(7_000_000) as memory_mb:
        assert memory_mb == 64
    with sessions.memory_mb(7_000_000) as memory_mb:
        assert memory_mb == 164
    sessions.close()
