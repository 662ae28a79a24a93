"""All combinations are contained, and chance would hardly do that."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import PairSignal


def _measure(edge: CompositeEdge) -> float:
    found = edge.inclusion
    return edge.surprise if found and found.rows and not found.missing_distinct else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"those combinations would hardly be keys by chance ({value:.1f})"


SIGNAL = PairSignal("containment_surprises", 1, _measure, _sentence, needs_rows=True)
