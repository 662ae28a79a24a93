"""The child's name holds the parent's."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    return 1.0 if edge.is_named_after else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"`{edge.table.name}` is named after `{edge.parent.table.name}`"


SIGNAL = PairSignal("child_named_after_parent", 1, _measure, _sentence, of=Of.TABLES)
