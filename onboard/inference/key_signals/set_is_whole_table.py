"""A set that is the whole table."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    return 1.0 if len(key.columns) > 1 and len(key.columns) == len(key.table.table.columns) else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return "the table has no other columns"


SIGNAL = KeySignal("set_is_whole_table", 1, _measure, _sentence, of=Of.SET)
