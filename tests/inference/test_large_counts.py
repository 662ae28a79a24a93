"""Counts of every row of tables that are large: the answers are those that counting group by group would give."""

from __future__ import annotations

import dataclasses

import pytest

from onboard.catalog.dsn import parse_dsn
from onboard.catalog.structure import Table, TableKind, TableName
from onboard.inference.measured import Inclusion, Uniqueness
from onboard.inference.probes import postgresql
from onboard.inference.rows import Asked, ColumnsOf, Rows, open_rows
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


@pytest.fixture(autouse=True)
def _every_table_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "_MANY_ROWS", 0)


def _sized(rows: Rows) -> Rows:
    rows.sizes([Table(TableName("public", name), TableKind.TABLE, ()) for name in ("boxes", "parcels")])
    return rows


def _inclusion(dsn: str, *names: str) -> Inclusion:
    with open_rows(parse_dsn(dsn)) as rows:
        (found,) = _sized(rows).inclusions(
            _columns("parcels", *names), [_columns("boxes", *names)], sampled_rows=None, timeout_s=10
        )
    return found


def _uniqueness(dsn: str, table: str, *names: str) -> Uniqueness:
    with open_rows(parse_dsn(dsn)) as rows:
        return rows.uniqueness(_columns(table, *names), timeout_s=10)


def test_counts_what_holds_all_values(new_database: NewDatabase) -> None:
    dsn = new_database(*TABLES)
    assert _inclusion(dsn, "code") == Inclusion(300, 50, 0, 0, 0, is_exact=True)
    assert _inclusion(dsn, "shelf", "slot") == Inclusion(300, 100, 0, 0, 0, is_exact=True)


def test_counts_what_is_missing_in_how_many_rows(new_database: NewDatabase) -> None:
    dsn = new_database(
        *TABLES, "update parcels set code = 0 where no < 7", "update parcels set code = 5 where no between 10 and 12"
    )
    found = _inclusion(dsn, "code")
    assert dataclasses.astuple(found)[2:5] == (1, 3, 0)


def test_a_half_with_a_sign_is_not_taken_for_another_pair(new_database: NewDatabase) -> None:
    dsn = new_database(*TABLES, "insert into parcels values (300, 2, -6), (301, 3, -6), (302, -2, 4)")
    assert _inclusion(dsn, "shelf", "slot").missing_distinct == 3


def test_nulls_refer_to_nothing(new_database: NewDatabase) -> None:
    dsn = new_database(
        *TABLES, "insert into parcels values (300, null, 999, null)", "insert into boxes values (null, 1)"
    )
    assert _inclusion(dsn, "shelf", "slot").rows == 300
    assert _inclusion(dsn, "code").rows == 300


def test_counts_duplicates_and_nulls_of_a_key(new_database: NewDatabase) -> None:
    dsn = new_database(
        *TABLES, "insert into boxes values (3, 2, 6000000000), (null, 1, null), (null, 1, null), (1, null, 7)"
    )
    assert _uniqueness(dsn, "boxes", "shelf", "slot") == Uniqueness(104, 1, 3)
    assert _uniqueness(dsn, "boxes", "code") == Uniqueness(104, 1, 2)


def test_a_reference_of_text_is_counted_by_groups(new_database: NewDatabase) -> None:
    dsn = new_database(
        "create table boxes (tag text)", "create table parcels (tag text)", "insert into boxes values ('a'), ('b')"
    )
    with open_rows(parse_dsn(dsn)) as rows:
        kind = TypeClass.TEXT
        (found,) = _sized(rows).inclusions(
            _columns("parcels", "tag", kind=kind), [_columns("boxes", "tag", kind=kind)], sampled_rows=None, timeout_s=9
        )
    assert found.is_exact
