"""The column is named exactly like the key."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.SAME_AS_KEY else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` has the name of the key `{edge.parent.table.name}({edge.parent.only.name})`"


SIGNAL = Signal("same_as_key", 1, _measure, _sentence, of=Of.RELATION)
