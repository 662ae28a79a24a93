from __future__ import annotations

from onboard.catalog.structure import Table
from onboard.decisions.decide import decide
from onboard.decisions.names_lock import NamesLock
from onboard.decisions.person import Person
from onboard.inference.proposals import Proposals
from tests.catalogs import catalog, column, foreign_key, table


def models(*tables: Table) -> list[str]:
    decisions = decide(catalog(*tables), Proposals(), Person(), NamesLock(), app="legacy")
    return [one.model for one in decisions.tables]


def test_leaves_the_first_words_alone_where_they_are_no_parent() -> None:
    charges = table("charges", column("id"), primary_key="id")
    assert models(charges, table("charges_taxes", column("id"))) == ["Charge", "ChargesTax"]


def test_a_parents_name_at_the_beginning_is_singular_too() -> None:
    charges = table("charges", column("id"), primary_key="id")
    key = (foreign_key("charge_id", "charges(id)"),)
    assert models(charges, table("charges_taxes", column("charge_id"), foreign_keys=key)) == ["Charge", "ChargeTax"]


def test_the_tables_own_key_says_the_singular() -> None:
    assert models(table("CDS", column("CD_ID"), primary_key="CD_ID")) == ["Cd"]
    assert models(table("cds", column("id"))) == ["Cds"]
