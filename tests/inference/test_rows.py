"""The same database on both engines: what rows add to names, and how they are asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from onboard.catalog.dsn import Dsn, parse_dsn
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection
from onboard.inference.answers import Answers
from onboard.inference.measured import ColumnProfile
from onboard.inference.probes._postgresql_sessions import Sessions
from onboard.inference.proposals import ForeignKeyProposal, Measured, Proposals
from onboard.inference.propose import propose
from onboard.inference.rows import Asked, ColumnsOf, NotMeasured, open_rows
from onboard.inference.type_classes import TypeClass
from tests.conftest import NewDatabase

TABLES = (
    "create table customers (id integer not null, name varchar(40))",
    "create table vendors (id integer not null, name varchar(40))",
    "create table orders (id integer not null, customer_id integer, vendor_id integer, note varchar(20))",
)
NUMBERS = range(1, 201)
ROWS = (
    *(f"insert into customers values ({number * 7 + 1000}, 'c{number}')" for number in NUMBERS),
    *(f"insert into vendors values ({number * 11 + 50000}, 'v{number}')" for number in NUMBERS),
    *(
        f"insert into orders values ({number}, {number % 150 * 7 + 1007}, {number % 90 + 3}, 'x')"
        for number in range(1, 1001)
    ),
    "insert into orders values (1001, 0, null, '')",
    "insert into orders values (1002, 999999, null, '')",
)


@pytest.fixture(params=["postgresql", "sqlite"])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Dsn]:
    if request.param == "postgresql":
        new_database: NewDatabase = request.getfixturevalue("new_database")
        yield parse_dsn(new_database(*TABLES, ";".join(ROWS)))
        return
    path = tmp_path / "filled.sqlite"
    connection = sqlite3.connect(path)
    for statement in (*TABLES, *ROWS):
        connection.execute(statement)
    connection.commit()
    connection.close()
    yield parse_dsn(f"sqlite:///{path}")


def proposed(dsn: Dsn, budget_s: float | None = None) -> Proposals:
    shown = read_snapshot(dsn, Selection()).catalog
    with open_rows(dsn) as rows:
        return propose(shown, answers=Answers(), rows=rows, budget_s=budget_s, progress=lambda _: None)


def reference(found: Proposals, column: str) -> ForeignKeyProposal | None:
    matching = [key for key in found.foreign_keys if key.columns == (column,)]
    return matching[0] if matching else None


def test_counts_orphans_sentinels_and_nulls_of_a_reference_that_holds(filled: Dsn) -> None:
    found = reference(proposed(filled), "customer_id")
    assert found is not None
    assert found.measured is Measured.EXACT
    assert (found.facts.rows, found.facts.orphans, found.facts.sentinels, found.facts.nulls) == (1002, 2, 1, 0)


def test_values_refute_what_a_name_suggests(filled: Dsn) -> None:
    found = reference(proposed(filled), "vendor_id")
    assert found is None or found.confidence < 0.3


def test_rows_prove_primary_keys(filled: Dsn) -> None:
    found = {key.table.name: key for key in proposed(filled).primary_keys}
    assert found["orders"].columns == ("id",)
    assert (found["orders"].facts.rows, found["orders"].facts.duplicates) == (1002, 0)


def test_no_row_value_is_kept(filled: Dsn) -> None:
    assert "999999" not in repr(proposed(filled))


def test_a_spent_budget_leaves_what_names_say(filled: Dsn) -> None:
    found = proposed(filled, budget_s=0.0)
    key = reference(found, "customer_id")
    assert key is not None
    assert key.measured is Measured.NAMES
    assert any(reason == "the budget is spent" for _, reason in found.left_out)


def test_an_interrupt_keeps_what_is_known(filled: Dsn) -> None:
    shown = read_snapshot(filled, Selection()).catalog

    def interrupt(what: str) -> None:
        if "orders" in what:
            raise KeyboardInterrupt

    with open_rows(filled) as rows:
        found = propose(shown, answers=Answers(), rows=rows, budget_s=None, progress=interrupt)
    assert reference(found, "customer_id") is not None
    assert any(table.name == "orders" for table, _ in found.left_out)


def test_a_question_that_takes_too_long_is_not_an_answer(new_database: NewDatabase) -> None:
    dsn = parse_dsn(new_database("create table big as select n as id from generate_series(1, 3000000) n"))
    (table,) = read_snapshot(dsn, Selection()).catalog.tables
    asked = ColumnsOf(table.name, (Asked("id", TypeClass.WHOLE),))
    with open_rows(dsn) as rows, pytest.raises(NotMeasured):
        rows.uniqueness(asked, timeout_s=0.02)


def test_a_locked_table_is_left_out_after_a_moment(new_database: NewDatabase) -> None:
    text = new_database(*TABLES, ";".join(ROWS))
    with psycopg.connect(text) as other:
        other.execute("lock table orders in access exclusive mode")
        found = proposed(parse_dsn(text))
    assert any(table.name == "orders" for table, _ in found.left_out)
    assert reference(found, "customer_id") is not None


def test_neither_of_two_connections_can_write(new_database: NewDatabase) -> None:
    with open_rows(parse_dsn(new_database(*TABLES))) as rows:
        sessions: Sessions = rows._sessions  # type: ignore[attr-defined]  # the settings are not in Rows
        with sessions.lend() as first, sessions.lend() as second:
            assert first is not second
            for connection in (first, second):
                with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
                    connection.execute("insert into public.customers values (1, 'x')")


def test_rows_behind_row_security_are_not_read(new_database: NewDatabase) -> None:
    text = new_database(*TABLES, ";".join(ROWS), "alter table orders enable row level security")
    found = proposed(parse_dsn(text))
    assert ("orders", "row security hides rows, so counts would mislead") in {
        (table.name, reason) for table, reason in found.left_out
    }


def test_statistics_of_a_table_that_was_never_analysed_are_absent(new_database: NewDatabase) -> None:
    dsn = parse_dsn(new_database(*TABLES, ";".join(ROWS)))
    tables = read_snapshot(dsn, Selection()).catalog.tables
    with open_rows(dsn) as rows:
        rows.sizes(tables)
        assert rows.statistics(tables, timeout_s=5) == {}


def test_statistics_say_what_the_server_noted_with_sentinels_left_aside(new_database: NewDatabase) -> None:
    dsn = parse_dsn(new_database(*TABLES, ";".join(ROWS), "analyze"))
    tables = read_snapshot(dsn, Selection()).catalog.tables
    (orders,) = [table.name for table in tables if table.name.name == "orders"]
    with open_rows(dsn) as rows:
        rows.sizes(tables)
        found = rows.statistics(tables, timeout_s=5)
    assert found[orders, "id"] == ColumnProfile(1002, 1002, 1, 1002, is_exact=False)
    assert (found[orders, "customer_id"].low, found[orders, "customer_id"].high) == (1007, 999999)
    assert found[orders, "vendor_id"].filled == 1000
    assert found[orders, "note"].low is None


def test_a_table_holds_the_rows_of_those_that_inherit_from_it(new_database: NewDatabase) -> None:
    made = (
        "create table notes (id integer not null, shop_id integer)",
        "create table order_notes (order_id integer) inherits (notes)",
        "create table late_order_notes () inherits (order_notes)",
        "insert into notes select n, n % 9 + 1 from generate_series(1, 10) n",
        "insert into order_notes select n, n % 9 + 1, n from generate_series(11, 400) n",
        "insert into late_order_notes select n, n % 9 + 1, n from generate_series(401, 1000) n",
    )
    dsn = parse_dsn(new_database(*made, "analyze"))
    tables = read_snapshot(dsn, Selection()).catalog.tables
    late, notes, order_notes = (table.name for table in tables)
    with open_rows(dsn) as rows:
        sizes = rows.sizes(tables)
        found = rows.statistics(tables, timeout_s=5)
    assert (sizes[late], sizes[order_notes], sizes[notes]) == (600, 990, 1000)
    assert found[notes, "id"] == ColumnProfile(1000, 1000, 1, 1000, is_exact=False)
    assert found[late, "id"] == ColumnProfile(600, 600, 401, 1000, is_exact=False)
