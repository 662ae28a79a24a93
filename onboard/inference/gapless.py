"""Answers from ranges: a key without gaps holds every whole number from its lowest to its highest.

Where the profile of a parent that was counted whole has no gaps, the lowest and highest value of a child say whether
it is contained, and no value is looked up. Types that may hold fractions or texts are left alone.
"""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.measured import ColumnProfile, Inclusion
from onboard.inference.row_evidence import RowReader
from onboard.inference.type_classes import is_integer


def held_by_range(reader: RowReader, edge: Edge) -> Inclusion | None:
    """Return what looking up all values that were read of a child would say; None where its range leaves it open."""
    parent = without_gaps(reader, edge)
    child = (edge.child.table.name, edge.child.name)
    rows, found = reader.read.get(child, (0, None))
    if parent is None or found is None or not lies_in(found.least, found.most, parent):
        return None
    is_whole = edge.child.table.name in reader.whole
    nulls = None if is_whole else rows - found.filled
    return Inclusion(found.filled, found.distinct, 0, 0, 0, is_exact=is_whole, nulls=nulls)


def without_gaps(reader: RowReader, edge: Edge) -> ColumnProfile | None:
    """Return the profile of an edge's parent, where it is known to have no gaps and may hold the child's numbers."""
    parent = edge.parent.only
    if not (is_integer(edge.child.column.type) and is_integer(parent.column.type)):
        return None
    found = reader.situation.profiles.get((edge.parent.table.name, parent.name))
    return found if found is not None and found.has_no_gaps else None


def lies_in(least: int | None, most: int | None, parent: ColumnProfile) -> bool:
    """Whether a range is within that of a parent without gaps."""
    assert parent.least is not None
    assert parent.most is not None
    return least is not None and most is not None and parent.least <= least and most <= parent.most
