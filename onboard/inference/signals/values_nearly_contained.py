"""All but a few values of the column are values of the key."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    pair = (edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name)
    found = situation.inclusions.get(pair)
    return 1.0 if found and 0 < found.missing_distinct <= 0.1 * found.distinct else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return "nearly all its values are found there"


SIGNAL = Signal(
    "values_nearly_contained", 0, _measure, _sentence, is_settled=False, needs_rows=True, reads="inclusions"
)
