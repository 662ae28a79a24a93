from dataclasses import replace

import pytest

from onboard.catalog.structure import TableKind
from onboard.inference.partition_columns import with_partition_columns
from onboard.inference.schema import TableView, read_schema
from tests.catalogs import catalog, column, table


def partitioned(by: str | None) -> TableView:
    made = table("payments", column("id"), column("note", "text"), column("paid_on", "date"), column("Odd one"))
    shown = replace(made, kind=TableKind.PARTITIONED, partition_key=by)
    return read_schema(catalog(shown)).tables[0]


@pytest.mark.parametrize("by", [None, "RANGE (lower(note))", "LIST (id, lower(note))"])
def test_leaves_a_key_alone_where_no_plain_column_partitions(by: str | None) -> None:
    assert with_partition_columns(partitioned(by), ("id",)) == ("id",)


def test_a_key_that_holds_them_stays_as_it_is() -> None:
    assert with_partition_columns(partitioned("RANGE (paid_on)"), ("paid_on", "id")) == ("paid_on", "id")


def test_adds_the_columns_that_the_server_would_ask_for() -> None:
    assert with_partition_columns(partitioned("RANGE (paid_on)"), ("id",)) == ("id", "paid_on")


def test_finds_a_quoted_name() -> None:
    assert with_partition_columns(partitioned('HASH ("Odd one")'), ("id",)) == ("id", "Odd one")
