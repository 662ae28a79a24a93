"""The column starts with the name of the table and goes on."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.STARTS_WITH_TABLE else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` starts with the name of `{edge.parent.table.name}`"


SIGNAL = Signal("starts_with_table", 1, _measure, _sentence, of=Of.RELATION)
