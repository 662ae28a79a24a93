"""The columns mean another row of their own table: `(tenant_id, parent_id)` beside `(tenant_id, id)`.

What merely ends like a key of its own table tells of its own row, as `line_pub_id` does beside `(line_id, pub_id)`.
"""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    return 1.0 if edge.table is edge.parent.table and not edge.has_role else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return "they mean another row of their own table"


SIGNAL = PairSignal("refers_to_own_table", 1, _measure, _sentence, of=Of.TABLES)
