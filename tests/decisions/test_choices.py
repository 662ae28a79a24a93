from __future__ import annotations

from onboard.decisions.decide import decide
from onboard.decisions.decisions import Decisions
from onboard.decisions.names_lock import NamesLock
from onboard.decisions.person import read_person
from onboard.inference.proposals import Proposals
from tests.catalogs import catalog, column, table

CATALOG = catalog(table("orders", column("id"), column("status", "text"), primary_key="id"))


def decided(text: str) -> Decisions:
    return decide(CATALOG, Proposals(), read_person(text), NamesLock(), app="legacy")


def test_leaves_choices_the_person_refused_alone() -> None:
    text = '[[choices]]\ncolumn = "orders.status"\nvalues = { N = "new" }\nuse = false\n'
    assert decided(text).tables[0].choices == ()


def test_members_are_named_after_their_labels_and_differ() -> None:
    text = '[[choices]]\ncolumn = "orders.status"\nvalues = { N = "new one", n = "New One", "1" = "2nd", X = "!" }\n'
    ((column_, members),) = decided(text).tables[0].choices
    assert column_ == "status"
    assert members == (
        ("NEW_ONE", "N", "new one"),
        ("NEW_ONE_2", "n", "New One"),
        ("SECOND", "1", "2nd"),
        ("VALUE", "X", "!"),
    )
