from __future__ import annotations

from itertools import pairwise

from onboard.catalog.structure import TableName
from onboard.migrations.promotion_order import promotion_order


def _table(name: str) -> TableName:
    return TableName("public", name)


def _order(tables: str, **parents: str) -> list[str]:
    edges = {_table(name): [_table(parent) for parent in row.split()] for name, row in parents.items()}
    steps = promotion_order([_table(name) for name in tables.split()], edges)
    return [" ".join(table.name for table in step) for step in steps]


def test_tables_without_keys_come_by_name() -> None:
    assert _order("c a b") == ["a", "b", "c"]


def test_parents_come_first() -> None:
    assert _order("a b c", a="b", b="c") == ["c", "b", "a"]


def test_a_table_that_refers_to_itself_is_a_step_of_its_own() -> None:
    assert _order("a b", a="a b") == ["b", "a"]


def test_a_cycle_is_one_step_before_what_refers_to_it() -> None:
    assert _order("a b c d", a="b", b="c", c="b d") == ["d", "b c", "a"]


def test_parents_that_are_not_promoted_play_no_part() -> None:
    assert _order("a b", a="x", b="a") == ["a", "b"]


def test_a_chain_of_thousands_needs_no_recursion() -> None:
    names = [f"t{number:05}" for number in range(5000)]
    chain = dict(pairwise(names))
    assert _order(" ".join(names), **chain) == names[::-1]
