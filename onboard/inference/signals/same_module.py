"""The names of both tables start with the same words."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.entities import shared_start
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    child, parent = edge.child.table, edge.parent.table
    if child is parent or child.words[:1] != parent.words[:1]:
        return 0.0
    return float(max(0, min(shared_start(child.words, parent.words) - situation.common_prefix, 3)))


def _sentence(edge: Edge, value: float) -> str:
    return "the names of both tables start alike"


SIGNAL = Signal("same_module", 1, _measure, _sentence, is_near=True)
