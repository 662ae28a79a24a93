"""Finds keys of two tables that would refer to each other: rows of both would have to be there before the other's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onboard.inference.candidates import Edge
from onboard.inference.schema import ColumnView
from onboard.inference.situation import PairId

_LIKELY = 0.3


def circles(likely: Iterable[tuple[ColumnView, Edge, float]]) -> Mapping[PairId, float]:
    """Return the share of the way back for each reference of a key that is no likelier than the way back."""
    shares = {(child, edge.parent.only): share for child, edge, share in likely if share > _LIKELY and _is_key(child)}
    return {
        (child.table.name, child.name, parent.table.name, parent.name): shares[parent, child]
        for (child, parent), share in shares.items()
        if child is not parent and shares.get((parent, child), 0.0) >= share
    }


def _is_key(column: ColumnView) -> bool:
    return any(key.is_primary and len(key.columns) == 1 and key.only is column for key in column.table.keys)
