from onboard.catalog.structure import TableName
from onboard.inference.depth import Depth, counted_whole

SMALL, MIDDLE, LARGE = (TableName("public", name) for name in ("small", "middle", "large"))
SIZES = {LARGE: 5_000_000, SMALL: 1_000, MIDDLE: 200_000}
COLUMNS = {LARGE: 4, SMALL: 4, MIDDLE: 4}


def test_large_tables_are_not_counted_whole_whatever_the_budget() -> None:
    assert counted_whole(SIZES, COLUMNS, Depth(), None) == {SMALL, MIDDLE}


def test_a_small_budget_counts_the_smallest_first() -> None:
    assert counted_whole(SIZES, COLUMNS, Depth(), 1.0) == {SMALL}


def test_no_budget_counts_nothing() -> None:
    assert counted_whole(SIZES, COLUMNS, Depth(), 0.0) == frozenset()
