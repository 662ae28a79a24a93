"""The name of the own table is completed by a part of the column's name only, and a role stands before that."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.OWN_TABLE_COMPLETES and edge.extra_words else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"but `{edge.child.name}` has words before the one that does"


SIGNAL = Signal("role_completes_own_table", -1, _measure, _sentence, only=(Relation.OWN_TABLE_COMPLETES,))
