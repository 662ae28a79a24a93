"""The name of the column is a plural without a key suffix: it counts or lists, and refers to no single row."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.child.words.is_plural else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` is a plural, as of what is counted or listed"


SIGNAL = Signal("column_is_plural", -1, _measure, _sentence, of=Of.CHILD)
