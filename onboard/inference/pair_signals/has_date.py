"""A date is a part of the key."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    return 1.0 if any(c.column.type.name in ("date", "timestamp", "timestamptz") for c in edge.parent.columns) else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return "a date is part of it"


SIGNAL = PairSignal("has_date", -1, _measure, _sentence, of=Of.PARENT)
