"""A set that is the first columns of the table."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    return 1.0 if len(key.columns) > 1 and key.columns[-1].position == len(key.columns) - 1 else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return "they are the first columns"


SIGNAL = KeySignal("set_begins_table", 1, _measure, _sentence, of=Of.SET)
