"""The column has no key suffix in a database whose references have one."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    words = edge.child.words
    return 0.0 if words.suffix or words.words[-1:] == ("by",) else situation.suffix_habit


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` does not end like a key, where references usually do ({value:.0%})"


SIGNAL = Signal("lacks_usual_suffix", -1, _measure, _sentence, of=Of.CHILD)
