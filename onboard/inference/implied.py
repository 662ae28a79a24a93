"""Says which references need no count because they follow from others that rows have proved.

Where every pair of a child is a pair of a parent, and the parent's own column holds nothing but keys of a third table,
so does the child's.
"""

from __future__ import annotations

from collections.abc import Iterable

from onboard.inference.candidates import Edge
from onboard.inference.composite import CompositeChoice, CompositeEdge
from onboard.inference.measured import Inclusion
from onboard.inference.pair_score import ranked_pairs
from onboard.inference.schema import ColumnView
from onboard.inference.situation import Situation


def through(child: ColumnView, composites: Iterable[CompositeChoice]) -> list[tuple[CompositeEdge, ColumnView]]:
    """Return the likeliest keys of several columns that a column is part of, each with the column it answers to there.

    Only where no column of the child is ever NULL: a pair with a NULL refers to nothing, and its other half may.
    """
    found = []
    for choice in composites:
        edge, _ = ranked_pairs(choice)[0]
        if child in edge.child and not any(column.column.is_nullable for column in edge.child):
            found.append((edge, edge.parent.columns[edge.child.index(child)]))
    return found


def implied(edge: Edge, composites: Iterable[CompositeChoice], situation: Situation) -> Inclusion | None:
    """Return what rows would say of an edge, where proved inclusions leave but one answer."""
    for pair, column in through(edge.child, composites):
        step = situation.inclusions.get((column.table.name, column.name, edge.parent.table.name, edge.parent.only.name))
        if _is_proved(pair.inclusion) and _is_proved(step):
            assert pair.inclusion is not None
            known = situation.inclusions.get(
                (edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name)
            )
            distinct = known.distinct if known else pair.inclusion.distinct
            return Inclusion(pair.inclusion.rows, distinct, 0, 0, 0, is_exact=True, is_distinct_known=False)
    return None


def _is_proved(found: Inclusion | None) -> bool:
    return found is not None and found.is_exact and not found.orphans
