"""The short form is itself a long word: `driver` is hardly short for `driverstandings`."""

from __future__ import annotations

from onboard.inference.abbreviation import abbreviates
from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation

_USUAL = 4  # letters of an abbreviation
_MOST = 4.0


def _measure(edge: Edge, situation: Situation) -> float:
    if edge.relation is not Relation.ABBREVIATION:
        return 0.0
    stem = edge.child.own.stem or edge.child.words.stem
    sizes = [
        min(len("".join(stem[start:])), len(entity.joined))
        for start in range(len(stem))
        for entity in edge.parent.table.entities
        if abbreviates(stem[start:], entity.words)
    ]
    return min(_MOST, max(0, min(sizes, default=_USUAL) - _USUAL)) / _MOST


def _sentence(edge: Edge, value: float) -> str:
    return "the short form is a long word itself"


SIGNAL = Signal("abbreviation_is_long", -1, _measure, _sentence, only=(Relation.ABBREVIATION,))
