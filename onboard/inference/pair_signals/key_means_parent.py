"""What tells the key apart is named after the parent; its other columns are in nearly every key, as a tenant is.

`tenant, job_name, job_group` means `job_details`, whichever tables have the same columns.
"""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    entities = [entity.words for entity in edge.parent.table.entities if entity.words]
    telling = [column for column in edge.parent.columns if column.own.joined not in edge.standing.everywhere]
    if not telling:
        return 0.0
    return 1.0 if all(any(c.own.words[: len(words)] == words for words in entities) for c in telling) else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"what tells the key apart is named after `{edge.parent.table.name}`"


SIGNAL = PairSignal("key_means_parent", 1, _measure, _sentence, of=Of.PARENT)
