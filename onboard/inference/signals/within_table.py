"""The column is called by a word from the middle of the table's name."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.TABLE_MIDDLE else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` is a word within `{edge.parent.table.name}`"


SIGNAL = Signal("within_table", 1, _measure, _sentence, of=Of.RELATION)
