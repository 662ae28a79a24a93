"""The parent looks like a log, a history, a copy or a version."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import PairSignal


def _measure(edge: CompositeEdge) -> float:
    return 1.0 if edge.parent.table.is_lifeless and not edge.table.is_lifeless else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"`{edge.parent.table.name}` looks like a log, a history or a copy"


SIGNAL = PairSignal("parent_is_lifeless", -1, _measure, _sentence)
