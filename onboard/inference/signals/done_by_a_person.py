"""The column says by whom something was done, and the table holds people."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if "by" in edge.child.words.words[-2:] else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` says by whom something was done"


SIGNAL = Signal("done_by_a_person", 1, _measure, _sentence, of=Of.LEAD, only=(Relation.PERSON,))
