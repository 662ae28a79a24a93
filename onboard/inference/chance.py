"""How many rows a set of columns would hold twice by chance: unless it is many, that none is held twice says nothing.

Two columns of which one alone hardly repeats are unique together by accident; 15,000 orders with four lines each are
not unique together with line numbers from 1 to 7 unless those number the lines of an order.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

from onboard.catalog.structure import TableName
from onboard.inference.key_candidates import KeyCandidate, NameUse

_MOST = 4.0


def surprise_of_uniqueness(key: KeyCandidate, use: NameUse) -> float:
    """Return the decimal logarithm of the rows that chance would hold twice, plus one; 0 where rows are not unique."""
    return _surprise(key.table.name, key.names, use)


def surprise_of_a_part(key: KeyCandidate, use: NameUse) -> float:
    """Return the same of the most surprising proper part of several columns."""
    parts = (part for size in range(2, len(key.names)) for part in combinations(key.names, size))
    return max((_surprise(key.table.name, part, use) for part in parts), default=0.0)


def _surprise(table: TableName, names: tuple[str, ...], use: NameUse) -> float:
    found = use.uniqueness.get((table, names))
    if found is None or found.rows < 2 or found.duplicates or found.nulls:
        return 0.0
    singles = [one for name in names if (one := use.uniqueness.get((table, (name,)))) is not None]
    if len(singles) < len(names):
        return 0.0
    rows = min(found.rows, *(single.rows for single in singles))  # what all rows show holds in a sample of them too
    if rows < 2:
        return 0.0
    distinct = [min(rows, max(1, single.rows - single.duplicates - single.nulls)) for single in singles]
    return min(_MOST, math.log10(1 + _collisions(rows, distinct)))


def _collisions(rows: int, distinct: Sequence[int]) -> float:
    """Return the pairs of rows that would agree in every column, from the column that says least upwards."""
    every = math.prod(distinct)
    return min(rows * (rows / one - 1) / 2 * one / every for one in distinct)
