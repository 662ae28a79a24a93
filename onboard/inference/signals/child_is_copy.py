"""The child has the columns of another table and its name with words added."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.child.table.is_copy else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.table.name}` is a copy of another table, and copies seldom keep references"


SIGNAL = Signal("child_is_copy", -1, _measure, _sentence, of=Of.CHILD)
