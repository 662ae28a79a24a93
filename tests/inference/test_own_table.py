"""Keys that a name means together with its own table's."""

from __future__ import annotations

from onboard.inference.candidates import Relation
from tests.catalogs import column, table
from tests.inference.test_key_index import edges, keyed


def test_a_plain_key_beside_a_longer_name_is_its_own() -> None:
    notes = table("customer_notes", column("note_no"), column("id"), primary_key="note_no")
    assert "customers.id" not in edges("customer_notes.id", keyed("customers"), notes)


def test_a_plain_key_is_that_of_the_table_whose_name_the_own_one_extends() -> None:
    for longer in ("customer_extras", "vip_customers"):
        found = edges(f"{longer}.id", keyed("customers"), keyed(longer))
        assert found["customers.id"].relation is Relation.EXTENDS
