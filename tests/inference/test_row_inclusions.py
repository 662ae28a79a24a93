"""Large tables are sampled first: what a sample says, says that it is one; a budget ends with what is known."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import psycopg
import pytest

from onboard.catalog.dsn import Dsn, parse_dsn
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection
from onboard.inference.answers import Answers
from onboard.inference.depth import Depth
from onboard.inference.from_rows import add_row_evidence
from onboard.inference.inferred import Inferred, infer_from_names
from onboard.inference.proposals import ForeignKeyProposal, Measured, PrimaryKeyProposal
from onboard.inference.propose import propose
from onboard.inference.rows import Asked, ColumnsOf, open_rows
from onboard.inference.type_classes import TypeClass
from onboard.inference.wording import foreign_key_proposals, primary_key_proposals
from tests.conftest import NewDatabase

SAMPLES = Depth(whole_rows=1_000, sampled_rows=2_000, proves=False)
TABLES = (
    "create table customers (customer_no integer not null, name varchar(40))",
    "create table payments (payment_no integer not null, customer_no integer, status smallint, note varchar(60))",
    "create table vendors (vendor_no integer not null, name varchar(40))",
    "create table bills (bill_no integer not null, vendor_no integer)",
)
NUMBERS = {  # every series as the engine counts it, up to a number of rows
    "postgresql": "select n from generate_series(1, {rows}) n",
    "sqlite": "with recursive s(n) as (values(1) union all select n + 1 from s where n < {rows}) select n from s",
}


def filling(engine: str, customers: int, payments: int) -> tuple[str, ...]:
    def numbers(rows: int) -> str:
        return NUMBERS[engine].format(rows=rows)

    customer = f"(cast(n as bigint) * 7919 % {customers} + 1) * 7 + 1000"
    return (
        f"insert into customers select n * 7 + 1000, 'someone' from ({numbers(customers)}) s",
        f"insert into payments select n, case when n % 50 = 0 then null when n % 97 = 0 then 0 else {customer} end,"
        f" n % 5, 'some words about this payment' from ({numbers(payments)}) s",
        f"insert into vendors select n, 'someone' from ({numbers(customers)}) s",
        f"insert into bills select n, n * 13 % 100000 + 500000 from ({numbers(customers)}) s",
    )


@pytest.fixture(params=["postgresql", "sqlite"])
def large(request: pytest.FixtureRequest, tmp_path: Path) -> Dsn:
    return made(request, tmp_path, customers=5_000, payments=60_000)


def made(request: pytest.FixtureRequest, folder: Path, *, customers: int, payments: int) -> Dsn:
    statements = (*TABLES, *filling(request.param, customers, payments))
    if request.param == "postgresql":
        new_database: NewDatabase = request.getfixturevalue("new_database")
        text = new_database(*statements)
        with psycopg.connect(text, autocommit=True) as server:
            server.execute("analyze")
        return parse_dsn(text)
    path = folder / "large.sqlite"
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return parse_dsn(f"sqlite:///{path}")


def inferred_from(dsn: Dsn, depth: Depth) -> Inferred:
    found = infer_from_names(read_snapshot(dsn, Selection()).catalog, Answers())
    with open_rows(dsn) as rows:
        add_row_evidence(found, rows, None, lambda _: None, depth)
    return found


def reference(found: Inferred, table: str, column: str) -> ForeignKeyProposal:
    named = [key for key in foreign_key_proposals(found) if key.table.name == table and key.columns == (column,)]
    assert named, f"nothing is proposed for {table}.{column}"
    return named[0]


def primary_key(found: Inferred, table: str) -> PrimaryKeyProposal:
    return next(key for key in primary_key_proposals(found) if key.table.name == table)


def test_a_sample_says_that_it_is_one_and_counts_nulls_orphans_and_sentinels(large: Dsn) -> None:
    found = inferred_from(large, SAMPLES)
    key = reference(found, "payments", "customer_no")
    assert (key.measured, key.facts.is_exact) == (Measured.SAMPLE, False)
    assert key.references.name == "customers"
    assert key.confidence > 0.8
    assert key.facts.rows is not None
    assert 500 < key.facts.rows < 2_000
    assert key.facts.nulls
    assert key.facts.orphans == key.facts.sentinels
    assert key.facts.orphans


def test_a_sample_refutes_what_a_name_suggests(large: Dsn) -> None:
    found = inferred_from(large, SAMPLES)
    refuted = [key for key in foreign_key_proposals(found) if key.columns == ("vendor_no",)]
    assert not refuted or refuted[0].confidence < 0.3


def test_a_primary_key_is_sampled_and_not_called_proved(large: Dsn) -> None:
    key = primary_key(inferred_from(large, SAMPLES), "payments")
    assert key.columns == ("payment_no",)
    assert (key.measured, key.facts.is_exact, key.facts.duplicates) == (Measured.SAMPLE, False, 0)


def test_what_a_sample_leaves_open_is_counted_where_there_is_time(large: Dsn) -> None:
    found = inferred_from(large, Depth(whole_rows=1_000, sampled_rows=2_000))
    key = reference(found, "payments", "customer_no")
    assert (key.measured, key.facts.rows, key.facts.orphans) == (Measured.EXACT, 58_800, 606)
    assert primary_key(found, "payments").measured is Measured.EXACT


def test_an_interrupt_while_rows_are_counted_keeps_what_the_samples_said(large: Dsn) -> None:
    def interrupt(what: str) -> None:
        if what.endswith("every row"):
            raise KeyboardInterrupt

    found = infer_from_names(read_snapshot(large, Selection()).catalog, Answers())
    with open_rows(large) as rows:
        add_row_evidence(found, rows, None, interrupt, Depth(whole_rows=1_000, sampled_rows=2_000))
    key = reference(found, "payments", "customer_no")
    assert found.interrupted
    assert (key.measured, key.references.name) == (Measured.SAMPLE, "customers")
    assert key.confidence > 0.8


def test_the_same_tables_give_the_same_sample(large: Dsn) -> None:
    first, second = (reference(inferred_from(large, SAMPLES), "payments", "customer_no") for _ in range(2))
    assert first == second


def test_duplicates_of_a_large_table_are_found_in_a_sample(new_database: NewDatabase) -> None:
    text = new_database(
        "create table lines (line_no integer not null, note text)",
        "insert into lines select n / 2, 'x' from generate_series(1, 50000) n",
        "analyze lines",
    )
    found = inferred_from(parse_dsn(text), SAMPLES)
    assert all(key.columns != ("line_no",) for key in primary_key_proposals(found))


@pytest.mark.parametrize("index", ["", "create unique index on customers (customer_no)"])
def test_values_are_looked_up_with_and_without_an_index(new_database: NewDatabase, index: str) -> None:
    text = new_database(*TABLES, *filling("postgresql", 400_000, 5_000), *filter(None, [index]), "analyze")
    found = inferred_from(parse_dsn(text), SAMPLES)
    key = reference(found, "payments", "customer_no")
    assert (key.measured, key.references.name) == (Measured.SAMPLE, "customers")
    assert key.facts.orphans == key.facts.sentinels


def test_a_table_that_was_never_analysed_is_known_to_be_large(new_database: NewDatabase) -> None:
    text = new_database(*TABLES, *filling("postgresql", 100, 60_000))
    key = reference(inferred_from(parse_dsn(text), SAMPLES), "payments", "customer_no")
    assert key.measured is Measured.SAMPLE


def test_rowids_with_wide_gaps_are_sampled_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "gaps.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("create table visits (id integer primary key, room_no integer)")
        connection.execute("create table rooms (room_no int not null, name text)")
        connection.executemany("insert into rooms values (?, 'x')", ((n * 3,) for n in range(1, 300)))
        rows = ((n * 1_000_003 % 9_999_999_967, n % 299 * 3 + 3) for n in range(1, 320_000))
        connection.executemany("insert or ignore into visits values (?, ?)", rows)
    connection.close()
    key = reference(inferred_from(parse_dsn(f"sqlite:///{path}"), Depth(proves=False)), "visits", "room_no")
    assert (key.measured, key.facts.orphans) == (Measured.SAMPLE, 0)
    assert key.facts.rows


def test_no_row_is_taken_twice_where_rowids_lie_close_together_and_far_apart(tmp_path: Path) -> None:
    path = tmp_path / "clusters.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("create table visits (id integer primary key, code int not null)")
        numbers = (n if n < 200_000 else 4_000_000 + n * 19 for n in range(1, 400_000))
        connection.executemany("insert into visits values (?, ?)", ((n, n) for n in numbers))
    connection.close()
    dsn = parse_dsn(f"sqlite:///{path}")
    (table,) = read_snapshot(dsn, Selection()).catalog.tables
    with open_rows(dsn) as rows:
        rows.sizes([table])
        found = rows.uniqueness(
            ColumnsOf(table.name, (Asked("code", TypeClass.WHOLE),)), sampled_rows=200_000, timeout_s=10
        )
    assert found.rows > 5_000
    assert found.duplicates == 0


@pytest.mark.soak
@pytest.mark.parametrize("budget_s", [5.0])
@pytest.mark.parametrize("huge", ["postgresql", "sqlite"], indirect=True)
def test_ten_million_rows_are_sampled_within_the_budget(huge: Dsn, budget_s: float) -> None:
    shown = read_snapshot(huge, Selection()).catalog
    started = time.monotonic()
    with open_rows(huge) as rows:
        found = propose(shown, answers=Answers(), rows=rows, budget_s=budget_s, progress=lambda _: None)
    assert time.monotonic() - started < budget_s + 1.5
    (key,) = [key for key in found.foreign_keys if key.columns == ("customer_no",)]
    assert (key.measured, key.references.name, key.facts.is_exact) == (Measured.SAMPLE, "customers", False)
    assert key.confidence > 0.8


@pytest.fixture
def huge(request: pytest.FixtureRequest, tmp_path: Path) -> Dsn:
    return made(request, tmp_path, customers=1_000_000, payments=10_000_000)


@pytest.mark.parametrize(("orphans", "twice"), [(0, 0), (40, 0), (0, 1)])
def test_a_key_and_what_its_first_column_refers_to_are_proved_in_one_pass(
    new_database: NewDatabase, orphans: int, twice: int
) -> None:
    text = new_database(
        "create table orders (order_no integer not null, placed varchar(40))",
        "create table order_lines (order_no integer not null, line_no integer not null, price numeric(9, 2))",
        "insert into orders select n * 3, 'some day' from generate_series(1, 15000) n",
        "insert into order_lines select (n / 4 + 1) * 3, n % 4 + 1, 9 from generate_series(0, 59999) n",
        f"update order_lines set order_no = order_no + 1 where order_no % 4500 = 0 and {orphans} > 0",
        f"insert into orders select 45000, 'another day' from generate_series(1, {twice})",
    )
    with psycopg.connect(text, autocommit=True) as server:
        server.execute("analyze")
    asked: list[str] = []
    found = infer_from_names(read_snapshot(parse_dsn(text), Selection()).catalog, Answers())
    with open_rows(parse_dsn(text)) as rows:
        add_row_evidence(found, rows, None, asked.append, Depth(whole_rows=1_000, sampled_rows=2_000))
    key = primary_key(found, "order_lines")
    assert (key.columns, key.measured) == (("order_no", "line_no"), Measured.EXACT)
    assert "public.orders (order_no), every row" not in asked
    if twice:
        assert not [one for one in primary_key_proposals(found) if one.table.name == "orders"]
        return
    key = primary_key(found, "orders")
    assert (key.columns, key.measured) == (("order_no",), Measured.EXACT)
    facts = reference(found, "order_lines", "order_no").facts
    assert (facts.is_exact, facts.rows, facts.orphans) == (True, 60_000, orphans)
    assert ("public.order_lines.order_no, every row" in asked) == bool(orphans)


def test_the_declared_key_of_a_table_that_others_inherit_proves_nothing_of_their_rows(
    new_database: NewDatabase,
) -> None:
    text = new_database(
        "create table notes (id integer primary key, body text)",
        "create table order_notes (order_no integer) inherits (notes)",
        "create table reads (read_no integer primary key, note_id integer not null)",
        "insert into notes select n, 'a note' from generate_series(1, 40000) n where n not between 101 and 150",
        "insert into order_notes select n, 'the same number', n from generate_series(1, 50) n",  # PostgreSQL lets it
        "insert into reads select n, n % 40000 + 1 from generate_series(1, 200000) n",
        "analyze",
    )
    found = inferred_from(parse_dsn(text), Depth(whole_rows=1_000, sampled_rows=2_000, proves=True))
    key = reference(found, "reads", "note_id")
    assert (key.measured, key.references.name) == (Measured.EXACT, "notes")
    assert key.facts.orphans == 250
