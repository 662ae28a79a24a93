"""The column is a key that draws from no sequence, where keys usually do and the parent's does: it comes from there."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    column = edge.parent.only.column
    is_drawn = column.identity or column.sequence
    return situation.sequence_habit if is_drawn and edge.relation is Relation.EXTENDS else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` draws from no sequence, as keys usually do ({value:.0%})"


SIGNAL = Signal("own_key_lacks_usual_sequence", 1, _measure, _sentence, only=(Relation.EXTENDS,))
