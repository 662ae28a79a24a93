"""The column says what a person does, and the table holds people."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.PERSON else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` is what a person does, and `{edge.parent.table.name}` holds people"


SIGNAL = Signal("names_a_person", 1, _measure, _sentence, of=Of.RELATION)
