from __future__ import annotations

from onboard.catalog.structure import Table
from onboard.decisions.decide import decide
from onboard.decisions.names_lock import NamesLock
from onboard.decisions.person import Person
from onboard.inference.proposals import Proposals
from tests.catalogs import catalog, column, foreign_key, name_of, table

ADDRESSES = table("addresses", column("id"), primary_key="id")


def ways_back(*tables: Table, of: str = "orders") -> dict[str, str | None]:
    decisions = decide(catalog(*tables), Proposals(), Person(), NamesLock(), app="legacy")
    return {relation.field: relation.related_name for relation in decisions.table(name_of(of)).relations}


def orders(*columns: str, parent: str = "addresses(id)") -> Table:
    keys = tuple(foreign_key(name, parent) for name in columns)
    return table("orders", column("id"), *(column(name) for name in columns), primary_key="id", foreign_keys=keys)


def test_leaves_the_only_relation_to_django() -> None:
    assert ways_back(ADDRESSES, orders("address_id")) == {"address": None}


def test_leaves_a_relation_to_itself_to_django() -> None:
    assert ways_back(orders("parent_id", parent="orders(id)")) == {"parent": None}


def test_several_relations_say_their_roles_in_any_order() -> None:
    said = {"address": "orders", "billing_address": "billing_address_orders"}
    assert ways_back(ADDRESSES, orders("address_id", "billing_address_id")) == said
    assert ways_back(ADDRESSES, orders("billing_address_id", "address_id")) == said


def test_who_did_it_is_a_role() -> None:
    users = table("users", column("id"), primary_key="id")
    found = ways_back(users, orders("created_by", "approved_by", parent="users(id)"))
    assert found == {"created_by": "created_orders", "approved_by": "approved_orders"}


def test_a_query_name_that_is_a_field_of_the_target_is_avoided() -> None:
    addresses = table("addresses", column("id"), column("order"), primary_key="id")
    assert ways_back(addresses, orders("address_id")) == {"address": "orders"}


def test_a_one_to_one_whose_model_is_a_field_of_the_target_gets_a_name() -> None:
    person = table("person", column("id"), column("profile", "text"), primary_key="id")
    profile = table("profile", column("id"), primary_key="id", foreign_keys=(foreign_key("id", "person(id)"),))
    found = ways_back(person, profile, of="profile")
    assert list(found) == ["person"]
    assert found["person"] not in (None, "profile")
