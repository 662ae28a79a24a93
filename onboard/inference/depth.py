"""How deep an inference looks into rows, and which tables are small enough to be counted whole at once.

The plan depends on sizes and the budget alone, never on the clock, so that the same database gives the same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onboard.catalog.structure import TableName

_VALUES_A_SECOND = 1_000_000  # that are counted, sorted and looked up; a cautious figure
_SHARE_FOR_COUNTING = 0.4  # of the budget that may go into counting tables whole before others have been looked at


@dataclass(frozen=True, slots=True)
class Depth:
    """How much is asked of rows."""

    whole_rows: int = 300_000  # a table with more is sampled first, and counted whole only to settle an answer
    sampled_rows: int = 10_000
    proves: bool = True  # whether what a sample leaves open is counted


def cost_s(rows: int, columns: int = 1) -> float:
    """Return about how many seconds it takes to count the values of columns over so many rows."""
    return rows * columns / _VALUES_A_SECOND


def counted_whole(
    sizes: Mapping[TableName, int], columns: Mapping[TableName, int], depth: Depth, budget_s: float | None
) -> frozenset[TableName]:
    """Return the tables that are counted whole at once: the smallest first, as long as the budget lasts."""
    left = float("inf") if budget_s is None else budget_s * _SHARE_FOR_COUNTING
    found = set()
    for table in _smallest_first(sizes):
        left -= cost_s(sizes[table], 1 + columns.get(table, 0))
        if sizes[table] > depth.whole_rows or left < 0:
            break
        found.add(table)
    return frozenset(found)


def _smallest_first(sizes: Mapping[TableName, int]) -> Iterable[TableName]:
    return sorted(sizes, key=lambda table: (sizes[table], table))
