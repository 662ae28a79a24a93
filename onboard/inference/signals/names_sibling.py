"""The column completes the first words of its own table's name to the name of another."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.SIBLING else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"the first words of its own table and `{edge.child.name}` together name `{edge.parent.table.name}`"


SIGNAL = Signal("names_sibling", 1, _measure, _sentence, of=Of.RELATION)
