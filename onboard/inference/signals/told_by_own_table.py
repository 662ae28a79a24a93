"""The column is a bare word for a reference, and the name of its own table says what it refers to."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.TOLD else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` is a bare reference, and its table is named after `{edge.parent.table.name}`"


SIGNAL = Signal("told_by_own_table", 1, _measure, _sentence, of=Of.RELATION)
