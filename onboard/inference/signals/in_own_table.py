"""The parent is the child's own table."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation

_TO_ITSELF = (
    Relation.ITSELF,
    Relation.ENDS_WITH_KEY,
    Relation.ENDS_WITH_TABLE,
    Relation.STARTS_WITH_KEY,
    Relation.VOTED,
    Relation.JOINED,
    Relation.HUB,
    Relation.CONTAINED,
)


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.parent.table is edge.child.table else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return "it would refer to its own table"


SIGNAL = Signal("in_own_table", -1, _measure, _sentence, only=_TO_ITSELF, is_near=True)
