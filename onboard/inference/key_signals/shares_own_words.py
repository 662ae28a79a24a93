"""The column has some words of its own table."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    single = len(key.columns) == 1
    column = key.columns[0]
    shared = set(column.own.stem) & set(key.table.words)
    return 1.0 if single and shared and column.words.suffix and not use.names_own(column) else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return f"`{key.names[0]}` has words of its own table"


SIGNAL = KeySignal("shares_own_words", 1, _measure, _sentence, of=Of.SINGLE)
