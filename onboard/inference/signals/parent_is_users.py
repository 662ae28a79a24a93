"""The column says what a person does, and the table is that of the users."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    words = edge.parent.table.words
    return 1.0 if words and words[-1] == "user" else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.table.name}` holds the users"


SIGNAL = Signal("parent_is_users", 1, _measure, _sentence, of=Of.LEAD, only=(Relation.PERSON,))
