"""The column draws its values from a sequence."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    single = len(key.columns) == 1
    column = key.columns[0]
    return 1.0 if single and (column.column.identity or column.column.sequence) else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return f"`{key.names[0]}` draws its values from a sequence"


SIGNAL = KeySignal("draws_sequence", 1, _measure, _sentence, of=Of.SINGLE)
