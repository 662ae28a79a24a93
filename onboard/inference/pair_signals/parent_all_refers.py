"""Every column of the key is itself a reference."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    return 1.0 if edge.standing.refers == len(edge.child) else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return "every column of that key refers to another table by itself"


SIGNAL = PairSignal("parent_all_refers", -1, _measure, _sentence, of=Of.PARENT)
