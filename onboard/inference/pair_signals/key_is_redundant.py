"""The key holds a key of fewer columns, so it was declared for nothing but to be referred to."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    names = set(edge.parent.names)
    return 1.0 if any(set(key.names) < names for key in edge.parent.table.keys) else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return "the key holds a smaller key, so others must refer to it"


SIGNAL = PairSignal("key_is_redundant", 1, _measure, _sentence, of=Of.PARENT)
