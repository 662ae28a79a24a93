"""Both the key and the child's table are named after the parent."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    if not edge.is_named_after:
        return 0.0
    entities = edge.parent.table.entities
    owned = sum(any(c.own.words[: len(one.words)] == one.words for one in entities) for c in edge.parent.columns)
    return 1.0 if 2 * owned >= len(edge.child) else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"the key is named after `{edge.parent.table.name}`, and `{edge.table.name}` is too"


SIGNAL = PairSignal("details_its_parent", 1, _measure, _sentence, of=Of.TABLES)
