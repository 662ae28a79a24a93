"""No word leads to the key, but other references without a word do, and the column is indexed as references are."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.HUB else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` is called like no table, and others like it refer to `{edge.parent.table.name}`"


SIGNAL = Signal("only_hub", 0, _measure, _sentence, of=Of.RELATION)
