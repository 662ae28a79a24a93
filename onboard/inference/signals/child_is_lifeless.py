"""The child looks like a log, a history, a copy or a version."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.child.table.is_lifeless else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.table.name}` looks like a log, a history or a copy, and those seldom keep references"


SIGNAL = Signal("child_is_lifeless", -1, _measure, _sentence, of=Of.CHILD)
