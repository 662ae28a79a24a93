"""Child and parent are in different schemas, which says more where the column may mean a table of its own schema."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    if edge.parent.table.name.schema == edge.child.table.name.schema:
        return 0.0
    return 1.0 if edge.has_home_rival else 0.3


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.table.name}` is in another schema"


SIGNAL = Signal("crosses_schemas", -1, _measure, _sentence, reads="has_schemas")
