"""Many values of the column are not values of the key."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    pair = (edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name)
    found = situation.inclusions.get(pair)
    if not found or not found.missing_distinct:
        return 0.0
    return min(1.0, 4 * found.missing_distinct / max(1, found.distinct))


def _sentence(edge: Edge, value: float) -> str:
    return "many of its values are not found there"


SIGNAL = Signal("values_missing", -1, _measure, _sentence, is_settled=False, needs_rows=True, reads="inclusions")
