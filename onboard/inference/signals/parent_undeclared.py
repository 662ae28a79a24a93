"""The key is not declared and not certain."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 0.0 if edge.parent.is_declared else 1.0 - edge.parent.confidence


def _sentence(edge: Edge, value: float) -> str:
    return f"that key is itself inferred, {edge.parent.confidence:.2f}"


SIGNAL = Signal("parent_undeclared", -1, _measure, _sentence, of=Of.PARENT)
