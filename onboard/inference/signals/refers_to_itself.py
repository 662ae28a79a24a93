"""The column is a word for another row of its own table."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.ITSELF else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` is a word for another row of the same table"


SIGNAL = Signal("refers_to_itself", 1, _measure, _sentence, of=Of.RELATION)
