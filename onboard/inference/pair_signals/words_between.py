"""Words of the parent beyond one."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    parent = min((len(entity.words) for entity in edge.parent.table.entities), default=1)
    return float(max(0, parent - 1))


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"`{edge.parent.table.name}` is a table of detail itself"


SIGNAL = PairSignal("words_between", -1, _measure, _sentence, of=Of.PARENT)
