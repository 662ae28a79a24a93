"""The names of both tables start with the same words."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal

_MOST = 3


def _measure(edge: CompositeEdge) -> float:
    return float(min(edge.alike, _MOST))


def _sentence(edge: CompositeEdge, value: float) -> str:
    return "the names of both tables start alike"


SIGNAL = PairSignal("same_module", 1, _measure, _sentence, of=Of.TABLES)
