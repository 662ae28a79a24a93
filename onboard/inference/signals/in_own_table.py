"""The parent is the child's own table."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.parent.table is edge.child.table else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return "it would refer to its own table"


SIGNAL = Signal("in_own_table", -1, _measure, _sentence)
