"""The key is the primary key of its table."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    return 1.0 if edge.parent.is_primary else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return "it is a primary key"


SIGNAL = PairSignal("is_primary", 1, _measure, _sentence, of=Of.PARENT)
