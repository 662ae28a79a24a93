"""Every value of the column is a value of the key."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    pair = (edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name)
    found = situation.inclusions.get(pair)
    return 1.0 if found and found.rows > found.sentinels and found.missing_distinct == 0 else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return "all its values are found there"


SIGNAL = Signal("values_contained", 1, _measure, _sentence, is_settled=False, needs_rows=True, reads="inclusions")
