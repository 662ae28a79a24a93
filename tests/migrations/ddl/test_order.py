"""Everything after what it needs, otherwise as given."""

from __future__ import annotations

from onboard.migrations.ddl.order import needs_first


def test_leaves_the_order_alone_where_nothing_is_needed() -> None:
    assert needs_first("cab", {}) == ("c", "a", "b")


def test_puts_what_is_needed_first() -> None:
    assert needs_first("abcd", {"a": "d", "d": "c"}) == ("b", "c", "d", "a")


def test_ignores_needs_that_are_met_elsewhere_and_a_need_of_itself() -> None:
    assert needs_first("ab", {"a": "az"}) == ("a", "b")


def test_breaks_a_cycle_and_keeps_everything() -> None:
    assert needs_first("abcd", {"a": "b", "b": "a", "c": "a"}) == ("d", "a", "b", "c")


def test_takes_a_chain_of_any_length() -> None:
    numbers = range(5_000)
    assert needs_first(numbers, {one: [one + 1] for one in numbers}) == tuple(reversed(numbers))
