"""Every combination of values is one of the key."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import PairSignal


def _measure(edge: CompositeEdge) -> float:
    found = edge.inclusion
    return 1.0 if found and found.rows and not found.missing_distinct else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return "all its values are found there"


SIGNAL = PairSignal("values_contained", 1, _measure, _sentence, needs_rows=True)
