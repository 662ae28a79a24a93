"""Of the tables with such a primary key, the parent is the only one, or the one that all others are named after."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    return edge.standing.root


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"of the tables with that key, `{edge.parent.table.name}` is the first"


SIGNAL = PairSignal("parent_is_root", 1, _measure, _sentence, of=Of.PARENT)
