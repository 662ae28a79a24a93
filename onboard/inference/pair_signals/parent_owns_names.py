"""Share of the key columns that are named after the parent."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    entities = [entity.words for entity in edge.parent.table.entities]
    owned = sum(any(c.own.words[: len(words)] == words for words in entities) for c in edge.parent.columns)
    return owned / len(edge.child)


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"the columns are named after `{edge.parent.table.name}`"


SIGNAL = PairSignal("parent_owns_names", 1, _measure, _sentence, of=Of.PARENT)
