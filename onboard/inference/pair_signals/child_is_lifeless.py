"""The child looks like a log, a history, a copy or a version."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    return 1.0 if edge.table.is_lifeless else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"`{edge.table.name}` looks like a log, a history or a copy, and those seldom keep references"


SIGNAL = PairSignal("child_is_lifeless", -1, _measure, _sentence, of=Of.CHILD)
