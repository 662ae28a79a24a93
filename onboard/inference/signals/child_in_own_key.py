"""The column is a part of a composite key of its own table."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    key = edge.child.table.table.primary_key
    return 1.0 if edge.child.in_primary_key and key is not None and len(key.columns) > 1 else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` is a part of the key of its own table"


SIGNAL = Signal("child_in_own_key", 0, _measure, _sentence, of=Of.CHILD)
