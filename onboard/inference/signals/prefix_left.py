"""Words of the table's prefix, shared by some tables only, that the column does not repeat."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return float(edge.prefix_left)


def _sentence(edge: Edge, value: float) -> str:
    return f"the prefix of `{edge.parent.table.name}` is left aside"


SIGNAL = Signal("prefix_left", -1, _measure, _sentence, passes_on="prefix_left")
