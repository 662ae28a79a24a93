"""One column of a set reads like a quantity or a text."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of
from onboard.inference.weights import weights


def _measure(key: KeyCandidate, use: NameUse) -> float:
    never, order = weights().words["never_keys"], weights().words["order_words"]
    names = [c.words.joined for c in key.columns] if len(key.columns) > 1 else []
    return 1.0 if any(name in never and name not in order for name in names) else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return "one of them reads like a quantity or a text"


SIGNAL = KeySignal("set_measure", -1, _measure, _sentence, of=Of.SET)
