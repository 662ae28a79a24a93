"""Most values of the column are not values of the key, which no dirt in the rows explains."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation

_DIRT = 0.25  # of the values may be missing where nobody enforced the key


def _measure(edge: Edge, situation: Situation) -> float:
    pair = (edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name)
    found = situation.inclusions.get(pair)
    if not found or not found.distinct:
        return 0.0
    return max(0.0, (found.missing_distinct / found.distinct - _DIRT) / (1 - _DIRT))


def _sentence(edge: Edge, value: float) -> str:
    return f"most of its values are not in `{edge.parent.table.name}`"


SIGNAL = Signal("values_mostly_missing", -1, _measure, _sentence, is_settled=False, needs_rows=True, reads="inclusions")
