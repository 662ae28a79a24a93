"""The column and the last word of its own table together name the table: templates refer to templates."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.LIKE_TAILED else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` and the last word of its own table name `{edge.parent.table.name}`"


SIGNAL = Signal("ends_like_own_table", 1, _measure, _sentence, of=Of.RELATION)
