import pytest

from onboard.errors import BadInput
from onboard.inference.answers import Answers
from onboard.inference.explain import explain
from onboard.inference.propose import propose
from tests.catalogs import catalog, column, foreign_key, table

SHOWN = catalog(
    table("customers", column("id"), primary_key="id"),
    table(
        "orders",
        column("id"),
        column("customer_id"),
        column("quantity"),
        column("buyer_id"),
        primary_key="id",
        foreign_keys=(foreign_key("buyer_id", "customers(id)"),),
    ),
    table("archive.orders", column("id"), primary_key="id"),
)
FOUND = propose(SHOWN, answers=Answers(), rows=None, budget_s=None, progress=lambda _: None)


def test_says_why_and_what_would_change_the_answer() -> None:
    text = explain(SHOWN, FOUND, "orders.customer_id")
    assert "to public.customers(id)" in text
    assert "is named after" in text
    assert "What would change this" in text


def test_says_that_a_key_is_declared() -> None:
    assert "It is declared" in explain(SHOWN, FOUND, "orders.buyer_id")


def test_says_that_a_column_refers_to_nothing() -> None:
    assert "refers to no other table" in explain(SHOWN, FOUND, "public.orders.quantity")


@pytest.mark.parametrize("child", ["orders.nothing", "orders", "orders.id"])
def test_refuses_what_is_unknown_or_ambiguous(child: str) -> None:
    with pytest.raises(BadInput):
        explain(SHOWN, FOUND, child)
