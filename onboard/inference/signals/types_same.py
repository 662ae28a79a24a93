"""Column and key have exactly the same type."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    ours, theirs = edge.child.column.type, edge.parent.only.column.type
    return 1.0 if ours.sql == theirs.sql else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"both are `{edge.child.column.type.sql}`"


SIGNAL = Signal("types_same", 1, _measure, _sentence, of=Of.LEAD)
