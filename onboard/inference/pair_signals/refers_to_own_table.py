"""The columns mean another row of their own table: `(tenant_id, parent_id)` beside `(tenant_id, id)`."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    return 1.0 if edge.table is edge.parent.table else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return "they mean another row of their own table"


SIGNAL = PairSignal("refers_to_own_table", 1, _measure, _sentence, of=Of.TABLES)
