"""Where the joins of views lead a column."""

from __future__ import annotations

from onboard.catalog.structure import TableName
from onboard.inference.contained import single_keys
from onboard.inference.joined import joined_targets
from onboard.inference.schema import read_schema
from onboard.inference.situation import ColumnId, Situation
from tests.catalogs import catalog, column, name_of, table
from tests.inference.test_key_index import keyed

_SHOPS = table("shops", column("id"), column("code"), primary_key="id", uniques=("code",))


def targets(*joins: tuple[str, str]) -> dict[ColumnId, ColumnId]:
    schema = read_schema(catalog(_SHOPS, keyed("clerks"), keyed("bills", "place", "code")))
    keys = {(key.table.name, key.only.name): key for key in single_keys(schema)}
    pairs = frozenset((*place(one), *place(other)) for one, other in joins)
    return joined_targets(Situation(schema, joined=pairs), keys)


def place(text: str) -> tuple[TableName, str]:
    owner, _, name = text.rpartition(".")
    return name_of(owner), name


def test_a_join_over_what_does_not_number_the_rows_leads_nowhere() -> None:
    assert not targets(("bills.code", "shops.code"))


def test_joins_with_two_keys_lead_nowhere() -> None:
    assert not targets(("bills.place", "shops.id"), ("bills.place", "clerks.id"))


def test_which_of_two_keys_refers_to_the_other_a_join_does_not_say() -> None:
    assert not targets(("clerks.id", "shops.id"))


def test_a_join_leads_to_the_key_of_the_rows() -> None:
    assert targets(("bills.place", "shops.id")) == {place("bills.place"): place("shops.id")}
