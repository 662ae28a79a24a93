"""Words of the parent beyond one, where none of the columns says the parent."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    if edge.says_parent:
        return 0.0
    parent = min((len(entity.words) for entity in edge.parent.table.entities), default=1)
    return float(max(0, parent - 1))


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"`{edge.parent.table.name}` is a table of detail itself"


SIGNAL = PairSignal("words_between", -1, _measure, _sentence, of=Of.NAMES)
