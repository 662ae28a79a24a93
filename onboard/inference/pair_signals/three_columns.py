"""Columns beyond two that agree."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    return float(len(edge.child) - 2)


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"{len(edge.child)} columns agree"


SIGNAL = PairSignal("three_columns", 1, _measure, _sentence, of=Of.PARENT)
