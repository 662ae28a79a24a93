"""Share of the columns of a set that may be NULL."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    return sum(c.column.is_nullable for c in key.columns) / len(key.columns) if len(key.columns) > 1 else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return "some of them may be NULL"


SIGNAL = KeySignal("set_nullable", -1, _measure, _sentence, of=Of.SET)
