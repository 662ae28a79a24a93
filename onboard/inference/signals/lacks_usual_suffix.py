"""The column has no key suffix in a database whose references have one; `creator` and `changed_by` never have."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation
from onboard.inference.weights import weights


def _measure(edge: Edge, situation: Situation) -> float:
    words = edge.child.words
    return 0.0 if words.suffix or _says_who(words.words[-1:]) else situation.suffix_habit


def _says_who(last: tuple[str, ...]) -> bool:
    is_person = not weights().words["people_roles"].isdisjoint(last)
    return last == ("by",) or (is_person and not last[0].endswith("ed"))  # a moment may be called `modified`


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` does not end like a key, where references usually do ({value:.0%})"


SIGNAL = Signal("lacks_usual_suffix", -1, _measure, _sentence, of=Of.CHILD)
