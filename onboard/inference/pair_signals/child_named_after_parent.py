"""The child's name holds the parent's."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import PairSignal


def _measure(edge: CompositeEdge) -> float:
    ours = "".join(edge.table.words)
    return (
        1.0 if any(len(entity.joined) > 2 and entity.joined in ours for entity in edge.parent.table.entities) else 0.0
    )


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"`{edge.table.name}` is named after `{edge.parent.table.name}`"


SIGNAL = PairSignal("child_named_after_parent", 1, _measure, _sentence)
