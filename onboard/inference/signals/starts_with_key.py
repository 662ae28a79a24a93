"""The column starts with the name of the key, and a role follows."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.STARTS_WITH_KEY else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` starts with the name of the key of `{edge.parent.table.name}`, and a role follows"


SIGNAL = Signal("starts_with_key", 1, _measure, _sentence, of=Of.RELATION)
