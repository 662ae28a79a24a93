from __future__ import annotations

import pytest

from onboard.catalog.snapshot import Selection
from onboard.decisions.person import read_person, resolved, stale_answers, updated_toml
from onboard.errors import BadInput
from onboard.inference.proposals import ForeignKeyProposal, Proposals
from tests.catalogs import catalog, column, name_of, table

CATALOG = catalog(
    table("customers", column("id"), primary_key="id"),
    table("orders", column("id"), column("customer_no"), primary_key="id"),
    table("hr.orders", column("id"), column("customer_no"), primary_key="id"),
)


def refusal(text: str) -> BadInput:
    with pytest.raises(BadInput) as caught:
        resolved(read_person(text), CATALOG)
    return caught.value


def test_finds_tables_without_their_schema() -> None:
    text = '[[foreign_key]]\nfrom = "public.orders(customer_no)"\nto = "customers(id)"\n[names]\ncustomers = "Buyer"\n'
    person = resolved(read_person(text), CATALOG)
    (answer,) = person.answers.foreign_keys
    assert answer.references == name_of("customers")
    assert person.names[0].table == name_of("customers")
    assert resolved(person, CATALOG) == person


def test_asks_which_of_two_tables_is_meant() -> None:
    error = refusal('[[foreign_key]]\nfrom = "orders(customer_no)"\nto = "customers(id)"\n')
    assert "`hr.orders`, `public.orders`" in error.remedy


def test_says_what_may_have_been_meant() -> None:
    error = refusal('\n[names]\n"public.costumers" = "Customer"\n')
    assert error.where == "onboard.toml:3"
    assert "`public.customers`" in error.remedy
    error = refusal('[[foreign_key]]\nfrom = "hr.orders(customer_nr)"\nto = "customers(id)"\n')
    assert "`customer_no`" in error.remedy


def test_an_answer_whose_table_is_gone_is_reported_and_has_no_say() -> None:
    key = ForeignKeyProposal(name_of("orders"), ("customer_no",), name_of("customers"), ("id",), 0.3)
    text = updated_toml(None, CATALOG, Proposals((), (key,)), selection=Selection())
    person = read_person(text.replace("use = false", "use = true "))
    smaller = catalog(table("customers", column("id"), primary_key="id"))
    assert resolved(person, smaller).answers.foreign_keys == ()
    (stale,) = stale_answers(person, smaller)
    assert "public.orders" in stale.problem
    assert stale_answers(person, CATALOG) == ()
