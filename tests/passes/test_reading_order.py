"""Parents before children, whatever the cycles."""

from __future__ import annotations

from onboard.passes.reading_order import reading_order


def test_keeps_to_names_where_nothing_refers_to_anything() -> None:
    assert reading_order({"B": (), "A": (), "C": ()}) == ("A", "B", "C")


def test_puts_parents_before_children() -> None:
    assert reading_order({"A": ("C",), "B": ("A",), "C": ()}) == ("C", "A", "B")


def test_breaks_a_cycle_by_name() -> None:
    assert reading_order({"A": ("B",), "B": ("A",), "C": ("A",)}) == ("B", "A", "C")


def test_names_every_model_once_in_a_tangle() -> None:
    tangle = {name: tuple("ABCDE".replace(name, "")) for name in "ABCDE"}
    assert sorted(reading_order(tangle)) == list("ABCDE")
