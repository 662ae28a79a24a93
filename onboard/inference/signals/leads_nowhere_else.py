"""The name is but a part of the table's, or short for it, and yet fits no other table."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation

_LOOSE = (
    Relation.SIBLING,
    Relation.STARTS_WITH_TABLE,
    Relation.TABLE_HEAD,
    Relation.TABLE_START,
    Relation.TABLE_MIDDLE,
    Relation.INITIALS,
    Relation.ABBREVIATION,
    Relation.TOLD,
)


def _measure(edge: Edge, situation: Situation) -> float:
    return float(edge.is_alone and edge.relation in _LOOSE)


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` fits no other table"


SIGNAL = Signal("leads_nowhere_else", 1, _measure, _sentence, only=_LOOSE)
