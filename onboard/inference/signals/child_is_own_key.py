"""The column is the primary key of its own table."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    key = edge.child.table.table.primary_key
    alone = edge.child.in_primary_key and key is not None and len(key.columns) == 1
    return 1.0 if alone else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` is the primary key of its own table"


SIGNAL = Signal("child_is_own_key", -1, _measure, _sentence)
