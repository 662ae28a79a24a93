"""The column is the plain key of a table whose name is that of the parent with words added."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.EXTENDS else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.table.name}` has the name of `{edge.parent.table.name}` and more, and a key of the same name"


SIGNAL = Signal("extends_table", 0, _measure, _sentence, of=Of.RELATION)
