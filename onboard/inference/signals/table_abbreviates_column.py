"""The table's name is the short one: what goes on in the column's name may be another word run into it."""

from __future__ import annotations

from onboard.inference.abbreviation import abbreviates
from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    if edge.relation is not Relation.ABBREVIATION:
        return 0.0
    stem = edge.child.own.stem or edge.child.words.stem
    for start in range(len(stem)):
        for entity in edge.parent.table.entities:
            if abbreviates(stem[start:], entity.words) and len("".join(stem[start:])) <= len(entity.joined):
                return 0.0
    return 1.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.table.name}` is short for what `{edge.child.name}` says, not the other way round"


SIGNAL = Signal("table_abbreviates_column", -1, _measure, _sentence, only=(Relation.ABBREVIATION,))
