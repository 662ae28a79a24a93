"""One column of a set, not the first, counts or orders."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of
from onboard.inference.weights import weights


def _measure(key: KeyCandidate, use: NameUse) -> float:
    listed = weights().words["order_words"]
    return 1.0 if len(key.columns) > 1 and any(not listed.isdisjoint(c.words.words) for c in key.columns[1:]) else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return "one of them counts or orders"


SIGNAL = KeySignal("set_has_order", 1, _measure, _sentence, of=Of.SET)
