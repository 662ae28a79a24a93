"""An index of the child starts with exactly these columns."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    if not any(column.is_indexed for column in edge.child):
        return 0.0
    wanted = set(edge.names)
    return 1.0 if any(set(index.columns[: len(wanted)]) == wanted for index in edge.table.table.indexes) else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return "an index starts with exactly these columns"


SIGNAL = PairSignal("has_index", 1, _measure, _sentence, of=Of.CHILD)
