"""How much of the words the abbreviation leaves out."""

from __future__ import annotations

from onboard.inference.abbreviation import abbreviates
from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    if edge.relation is not Relation.ABBREVIATION:
        return 0.0
    stem = edge.child.own.stem or edge.child.words.stem
    shares = [
        _left_out(stem[start:], entity.words)
        for start in range(len(stem))
        for entity in edge.parent.table.entities
        if abbreviates(stem[start:], entity.words)
    ]
    return min(shares, default=0.5)


def _left_out(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    sizes = len("".join(one)), len("".join(other))
    return 1 - min(sizes) / max(sizes)


def _sentence(edge: Edge, value: float) -> str:
    return f"{value:.0%} of the letters are left out"


SIGNAL = Signal("abbreviation_is_short", -1, _measure, _sentence, of=Of.LEAD, only=(Relation.ABBREVIATION,))
