"""What rows decide that names leave open, on small SQLite files: first what is left alone, then what is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from onboard.catalog.dsn import parse_dsn
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection
from onboard.inference.answers import Answers
from onboard.inference.proposals import ForeignKeyProposal, Proposals
from onboard.inference.propose import propose
from onboard.inference.rows import open_rows
from onboard.inference.threshold import DEFAULT_THRESHOLD

Rows = Iterable[tuple[object, ...]]


class Made:
    """A SQLite file that is filled table by table."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = sqlite3.connect(path)

    def table(self, statement: str, rows: Rows = ()) -> Made:
        self._connection.execute(statement)
        name = statement.split()[2]
        for row in rows:
            self._connection.execute(f"insert into {name} values ({','.join('?' * len(row))})", row)
        return self

    def proposed(self) -> Proposals:
        self._connection.commit()
        self._connection.close()
        dsn = parse_dsn(f"sqlite:///{self._path}")
        with open_rows(dsn) as rows:
            return propose(
                read_snapshot(dsn, Selection()).catalog,
                answers=Answers(),
                rows=rows,
                budget_s=None,
                progress=lambda _: None,
            )


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path / "rows.sqlite")


def accepted(found: Proposals) -> dict[str, str]:
    return {
        f"{key.table.name}({','.join(key.columns)})": f"{key.references.name}({','.join(key.referenced_columns)})"
        for key in found.foreign_keys
        if key.confidence >= DEFAULT_THRESHOLD
    }


def best(found: Proposals, table: str, column: str) -> ForeignKeyProposal | None:
    matching = [key for key in found.foreign_keys if key.table.name == table and key.columns == (column,)]
    return matching[0] if matching else None


def key_of(found: Proposals, table: str) -> tuple[str, ...]:
    return next((key.columns for key in found.primary_keys if key.table.name == table), ())


def test_a_column_of_nothing_but_zeros_does_not_refer_to_an_empty_table(made: Made) -> None:
    made.table("create table stores (store_id integer primary key, name text)")
    made.table("create table pages (id integer primary key, store_id integer)", ((n, 0) for n in range(1, 30)))
    assert "pages(store_id)" not in accepted(made.proposed())


def test_an_empty_parent_refutes_nothing(made: Made) -> None:
    made.table("create table stores (store_id integer primary key, name text)")
    made.table("create table pages (id integer primary key, store_id integer)", ((n, n % 7 + 2) for n in range(1, 30)))
    assert accepted(made.proposed())["pages(store_id)"] == "stores(store_id)"


def test_two_tables_that_each_have_a_status_do_not_refer_to_each_other(made: Made) -> None:
    made.table("create table address_status (status_id integer primary key, name text)", [(1, "a"), (2, "b")])
    made.table("create table order_status (status_id integer primary key, name text)", [(n, "c") for n in range(1, 7)])
    assert accepted(made.proposed()) == {}


def test_a_measure_within_the_range_of_a_key_is_left_alone(made: Made) -> None:
    made.table("create table cities (id integer primary key, name text)", ((n, "x") for n in range(1, 4001)))
    made.table(
        "create table countries (code text primary key, level integer)",
        ((f"c{n}", n * 7 % 200 + 20) for n in range(1, 150)),
    )
    assert "countries(level)" not in accepted(made.proposed())


def test_values_that_are_spread_over_a_key_lead_to_it_without_a_word(made: Made) -> None:
    made.table("create table city (id integer primary key, name text)", ((n, "x") for n in range(1, 4001)))
    made.table(
        "create table country (code text primary key, seat integer)",
        ((f"c{n}", n * 26 + n % 7) for n in range(1, 153)),
    )
    found = best(made.proposed(), "country", "seat")
    assert found is not None
    assert found.references.name == "city"
    assert any(term.signal == "reaches_as_far" for term in found.evidence)


def test_a_chain_of_keys_leads_to_the_smallest_and_among_equals_to_the_one_that_others_name(made: Made) -> None:
    made.table("create table party (partykey int primary key, note text)", ((n, "") for n in range(1, 400)))
    made.table("create table secret (partykey int primary key, hash text)", ((n, "") for n in range(1, 300)))
    made.table("create table person (partykey int primary key, first text)", ((n, "") for n in range(1, 300)))
    made.table("create table clerk (partykey int primary key, wage real)", ((n * 3, 1.0) for n in range(1, 60)))
    made.table(
        "create table visit (id integer primary key, person_id integer)", ((n, n * 5 % 290 + 1) for n in range(1, 900))
    )
    found = accepted(made.proposed())
    assert found["clerk(partykey)"] == "person(partykey)"
    assert found["secret(partykey)"] == "person(partykey)"
    assert found["person(partykey)"] == "party(partykey)"


LINES = [
    (order, line, order * 13 % 50 + 1, line * 7 % 9 + 1) for order in range(1, 400) for line in range(1, 1 + order % 6)
]


def test_a_key_of_several_columns_makes_the_single_ones_needless(made: Made) -> None:
    made.table("create table parts (part_no integer primary key, name text)", ((n, "") for n in range(1, 51)))
    made.table("create table vendors (vendor_no integer primary key, name text)", ((n, "") for n in range(1, 10)))
    offers = sorted({(part, vendor) for _, _, part, vendor in LINES})
    made.table(
        "create table part_vendors (part_no integer, vendor_no integer, price real, primary key (part_no, vendor_no))",
        ((*pair, 1.0) for pair in offers),
    )
    made.table(
        "create table lines (order_no integer, line_no integer, part_no integer, vendor_no integer,"
        " primary key (order_no, line_no))",
        LINES,
    )
    found = accepted(made.proposed())
    assert found["lines(part_no,vendor_no)"] == "part_vendors(part_no,vendor_no)"
    assert found["part_vendors(part_no)"] == "parts(part_no)"
    assert "lines(part_no)" not in found


def test_numbers_that_begin_again_in_each_order_make_the_key_and_what_stands_between_does_not(made: Made) -> None:
    made.table("create table orders (order_no integer not null, note text)", ((n, "") for n in range(1, 400)))
    made.table(
        "create table lines (order_no integer not null, part_no integer not null, line_no integer not null)",
        ((order, part, line) for order, line, part, _ in LINES),
    )
    assert key_of(made.proposed(), "lines") == ("order_no", "line_no")


def test_a_text_in_one_language_so_far_has_its_language_in_its_key(made: Made) -> None:
    made.table("create table language (language_id integer not null, name text)", [(1, "English")])
    made.table(
        "create table reason (reason_id integer not null, language_id integer not null, name text)",
        ((n, 1, f"r{n}") for n in range(1, 9)),
    )
    assert key_of(made.proposed(), "reason") == ("reason_id", "language_id")


def test_the_key_of_a_table_refers_to_nothing_by_its_values_alone(made: Made) -> None:
    made.table("create table parts (p_partkey int, p_size int)", ((n, n % 7) for n in range(1, 60)))
    made.table("create table bills (b_billkey int, b_total int)", ((n, n * 3 % 11) for n in range(1, 200)))
    assert best(made.proposed(), "parts", "p_partkey") is None


def test_line_numbers_are_the_key_although_a_sample_holds_no_other_pair_twice(made: Made) -> None:
    def lines() -> Rows:
        for order in range(1, 100_001):
            for line in range(1, 5):
                part = 7 if order == 99_999 and line > 2 else (order * 7919 + line * 104_729) % 20_000 + 1
                yield order, part, line, order % 50

    made.table(
        "create table parts (p_partkey int not null, p_size int not null)", ((n, n % 7) for n in range(1, 20_001))
    )
    made.table(
        "create table orders (o_orderkey int not null, o_day int not null)", ((n, n % 50) for n in range(1, 100_001))
    )
    columns = ("l_orderkey", "l_partkey", "l_linenumber", "l_day")
    made.table(f"create table lineitem ({', '.join(f'{name} int not null' for name in columns)})", lines())
    found = made.proposed()
    assert key_of(found, "lineitem") == ("l_orderkey", "l_linenumber")
    assert accepted(found)["lineitem(l_orderkey)"] == "orders(o_orderkey)"
    (key,) = [key for key in found.primary_keys if key.table.name == "lineitem"]
    assert key.facts.is_exact


def test_texts_of_many_rows_are_sampled_unless_they_may_be_keys(made: Made) -> None:
    rows = ((n, f"c{n}", f"n{n}", f"s{n % 5}") for n in range(60_000))
    made.table("create table clients (client_id int, client_code text, called text, kind text)", rows)
    sets = {one.column: one for one in made.proposed().value_sets}
    assert (sets["kind"].distinct, sets["kind"].is_exact) == (5, False)
