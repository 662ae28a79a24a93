"""The column holds nothing but sentinels."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    pair = (edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name)
    found = situation.inclusions.get(pair)
    return 1.0 if found and found.rows and found.rows <= found.sentinels else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return "it holds nothing but 0, -1 or blanks"


SIGNAL = Signal("only_sentinels", 0, _measure, _sentence, is_settled=False, needs_rows=True, reads="inclusions")
