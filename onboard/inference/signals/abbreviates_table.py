"""The column abbreviates the name of the table, or the other way round."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.ABBREVIATION else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` and `{edge.parent.table.name}` abbreviate each other"


SIGNAL = Signal("abbreviates_table", 1, _measure, _sentence, of=Of.RELATION)
