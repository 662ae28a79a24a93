"""The column is named after the last words of the table's name."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.TABLE_HEAD else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` has the last words of `{edge.parent.table.name}`"


SIGNAL = Signal("heads_table", 1, _measure, _sentence, of=Of.RELATION)
