"""Both the key and the child's table are named after the parent."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import PairSignal


def _measure(edge: CompositeEdge) -> float:
    entities = [entity.words for entity in edge.parent.table.entities]
    owned = sum(any(c.own.words[: len(words)] == words for words in entities) for c in edge.parent.columns)
    ours = "".join(edge.table.words)
    is_named = any(len(words) > 0 and len("".join(words)) > 2 and "".join(words) in ours for words in entities)
    return 1.0 if is_named and 2 * owned >= len(edge.child) else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"the key is named after `{edge.parent.table.name}`, and `{edge.table.name}` is too"


SIGNAL = PairSignal("details_its_parent", 1, _measure, _sentence)
