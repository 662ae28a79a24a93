"""Some of the columns may be empty and others may not: such a reference would be left half empty."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    return 1.0 if len({column.column.is_nullable for column in edge.child}) > 1 else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return "some of the columns may be empty and others may not"


SIGNAL = PairSignal("half_nullable", -1, _measure, _sentence, of=Of.CHILD)
