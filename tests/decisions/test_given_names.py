from __future__ import annotations

import pytest

from onboard.decisions.decide import decide
from onboard.decisions.decisions import Decisions
from onboard.decisions.names_lock import NamesLock, locked
from onboard.decisions.person import Person, read_person
from onboard.errors import BadInput
from onboard.inference.proposals import Proposals
from tests.catalogs import catalog, column, foreign_key, name_of, table

CATALOG = catalog(
    table("tblcust", column("id"), column("name", "text"), primary_key="id"),
    table("cust", column("id"), primary_key="id"),
    table(
        "orders",
        column("id"),
        column("cust_no"),
        column("cust_id"),
        primary_key="id",
        foreign_keys=(foreign_key("cust_no", "cust(id)"),),
    ),
)


def decided(names: str, lock: NamesLock | None = None) -> Decisions:
    return decide(CATALOG, Proposals(), read_person(f"[names]\n{names}\n"), lock or NamesLock(), app="legacy")


def test_the_persons_names_are_final_and_others_yield() -> None:
    decisions = decided('"public.tblcust" = "Cust"\n"orders.cust_no" = "buyer"')
    assert decisions.table(name_of("tblcust")).model == "Cust"
    assert decisions.table(name_of("cust")).model == "CustRecord"
    assert decisions.table(name_of("orders")).field("cust_no") == "buyer"


def test_the_persons_name_comes_before_the_lock() -> None:
    lock = locked(decided(""), NamesLock())
    assert decided('tblcust = "Customer"', lock).table(name_of("tblcust")).model == "Customer"


@pytest.mark.parametrize(
    ("names", "line", "word"),
    [
        ('cust = "Two Words"', 2, "identifier"),
        ('cust = "class"', 2, "reserved"),
        ('cust = "Meta"', 2, "reserved"),
        ('cust = "A__b"', 2, "underscore"),
        ('"cust.id" = "save"', 2, "reserved"),
        ('"cust.id" = "x_"', 2, "underscore"),
        ('cust = "Same"\ntblcust = "same"', 2, "public.tblcust"),
        ('"orders.cust_no" = "a"\n"orders.cust_id" = "a_id"', 2, "public.orders.cust_id"),
    ],
)
def test_says_the_line_of_a_name_that_cannot_be_had(names: str, line: int, word: str) -> None:
    with pytest.raises(BadInput) as caught:
        decided(names)
    assert caught.value.where == f"onboard.toml:{line}"
    assert word in str(caught.value)


def test_a_name_that_another_table_was_given_once_is_refused() -> None:
    lock = locked(decide(CATALOG, Proposals(), Person(), NamesLock(), app="legacy"), NamesLock())
    with pytest.raises(BadInput, match=r"public\.cust"):
        decided(f'tblcust = "{lock.tables[name_of("cust")].model}"', lock)
