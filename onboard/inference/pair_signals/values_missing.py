"""Many combinations of values are not in the key."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import PairSignal


def _measure(edge: CompositeEdge) -> float:
    found = edge.inclusion
    return (
        0.5 + 0.5 * found.missing_distinct / found.distinct
        if found and found.missing_distinct > 0.02 * found.distinct
        else 0.0
    )


def _sentence(edge: CompositeEdge, value: float) -> str:
    return "many of its values are not found there"


SIGNAL = PairSignal("values_missing", -1, _measure, _sentence, needs_rows=True)
