"""The child is named as a special kind of the parent (`cron_triggers`, `triggers`) and has its key."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    key = edge.table.table.primary_key
    if not key:
        return 0.0
    ours = edge.table.words
    entities = [entity.words for entity in edge.parent.table.entities if entity.words]
    is_kind = any(len(ours) > len(words) and ours[-len(words) :] == words for words in entities)
    return 1.0 if is_kind and set(key.columns).issuperset(edge.names) else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"`{edge.table.name}` is named as a kind of `{edge.parent.table.name}` and has its key"


SIGNAL = PairSignal("child_specialises", 1, _measure, _sentence, of=Of.TABLES)
