"""The key is not declared and not certain."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    return 0.0 if edge.parent.is_declared else 1.0 - edge.parent.confidence


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"that key is itself inferred, {edge.parent.confidence:.2f}"


SIGNAL = PairSignal("is_undeclared", -1, _measure, _sentence, of=Of.PARENT)
