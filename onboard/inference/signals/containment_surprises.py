"""The values are contained, and few other keys would hold them by chance."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    pair = (edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name)
    found = situation.inclusions.get(pair)
    if not found or found.missing_distinct or found.rows <= found.sentinels:
        return 0.0
    return situation.surprises.get((edge.child.table.name, edge.child.name), 0.0)


def _sentence(edge: Edge, value: float) -> str:
    return f"few other keys would hold those values by chance ({value:.1f})"


SIGNAL = Signal("containment_surprises", 1, _measure, _sentence, is_settled=False, needs_rows=True, reads="inclusions")
