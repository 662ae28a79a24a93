"""The column is one side of a table that pairs rows of another."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.PAIRED else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.table.name}` pairs rows of `{edge.parent.table.name}`, and `{edge.child.name}` is one side"


SIGNAL = Signal("pairs_a_table", 1, _measure, _sentence, of=Of.RELATION)
