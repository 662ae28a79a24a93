"""All pairs have exactly the same types."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    for ours, theirs in zip(edge.child, edge.parent.columns, strict=True):
        if ours.column.type.sql != theirs.column.type.sql:
            return 0.0
    return 1.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return "all types are the same"


SIGNAL = PairSignal("types_same", 1, _measure, _sentence, of=Of.NAMES)
