"""The names of both tables start with the same words."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    shared = 0
    for ours, theirs in zip(edge.child.table.words, edge.parent.table.words, strict=False):
        if ours != theirs:
            break
        shared += 1
    return float(max(0, min(shared - situation.common_prefix, 3))) if edge.child.table is not edge.parent.table else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return "the names of both tables start alike"


SIGNAL = Signal("same_module", 1, _measure, _sentence)
