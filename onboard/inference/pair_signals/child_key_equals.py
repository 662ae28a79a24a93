"""The columns are the child's own key."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    key = edge.table.table.primary_key
    is_whole = key and len(key.columns) == len(edge.child) and set(edge.names) == set(key.columns)
    return 1.0 if is_whole else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"they are the key of `{edge.table.name}` too"


SIGNAL = PairSignal("child_key_equals", 0, _measure, _sentence, of=Of.CHILD)
