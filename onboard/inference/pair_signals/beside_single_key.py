"""The parent has a primary key of one column as well."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    keys = edge.parent.table.keys
    return 1.0 if any(len(key.columns) == 1 and key.is_primary for key in keys) else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"`{edge.parent.table.name}` has a primary key of one column as well"


SIGNAL = PairSignal("beside_single_key", -1, _measure, _sentence, of=Of.PARENT)
