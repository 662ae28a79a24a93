"""The column reads like a quantity, a date or a text."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation
from onboard.inference.weights import weights


def _measure(edge: Edge, situation: Situation) -> float:
    words = edge.child.words
    listed = weights().words["never_keys"]
    return 1.0 if not words.suffix and words.stem and words.stem[-1] in listed else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` reads like a quantity, a date or a text"


SIGNAL = Signal("looks_like_a_measure", -1, _measure, _sentence, of=Of.CHILD)
