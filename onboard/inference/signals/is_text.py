"""The column holds text."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation
from onboard.inference.type_classes import TypeClass


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.child.type_class is TypeClass.TEXT else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return "both hold text"


SIGNAL = Signal("is_text", 0, _measure, _sentence, of=Of.CHILD)
