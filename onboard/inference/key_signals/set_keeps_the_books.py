"""One of the columns says when the row was written, which identifies nothing."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of
from onboard.inference.type_classes import TypeClass
from onboard.inference.weights import weights


def _measure(key: KeyCandidate, use: NameUse) -> float:
    listed = weights().words["bookkeeping_words"]
    kept = any(c.type_class is TypeClass.DATE and not listed.isdisjoint(c.words.words) for c in key.columns)
    return 1.0 if kept else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return "one of them says when the row was written"


SIGNAL = KeySignal("set_keeps_the_books", -1, _measure, _sentence, of=Of.SET)
