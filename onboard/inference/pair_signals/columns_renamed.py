"""Share of the pairs whose names differ."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    return edge.renamed / len(edge.child)


def _sentence(edge: CompositeEdge, value: float) -> str:
    return "some columns have other names there"


SIGNAL = PairSignal("columns_renamed", -1, _measure, _sentence, of=Of.NAMES)
