"""The column draws from a sequence of its own, though it is no key: a reference would not, but by mistake."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    column = edge.child.column
    return 1.0 if column.identity or column.sequence else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` draws from a sequence of its own"


SIGNAL = Signal("child_draws_sequence", -1, _measure, _sentence, of=Of.CHILD)
