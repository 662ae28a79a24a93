"""The column leads an index."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.child.is_indexed and not edge.child.in_primary_key else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` is indexed"


SIGNAL = Signal("child_is_indexed", 1, _measure, _sentence, of=Of.CHILD)
