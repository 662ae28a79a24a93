"""Every column of a set shares a word with the table."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    if len(key.columns) < 2:
        return 0.0
    words = set(key.table.words)
    return 1.0 if all(not words.isdisjoint(c.words.stem) for c in key.columns) else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return "the table is named after both"


SIGNAL = KeySignal("set_matches_table_name", 1, _measure, _sentence, of=Of.SET)
