"""The name of the child's table holds the whole name of the parent's, as a detail's does."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    ours = edge.child.table.spelled
    for entity in edge.parent.table.entities:
        if entity.words and entity.spelled in ours:
            return 1.0 if entity.spelled != ours else 0.0
    return 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.table.name}` is named after `{edge.parent.table.name}`"


SIGNAL = Signal("belongs_to_parent", 1, _measure, _sentence, is_near=True)
