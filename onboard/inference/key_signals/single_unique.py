"""The column has a unique index."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    single = len(key.columns) == 1
    column = key.columns[0]
    return 1.0 if single and column.is_unique else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return f"`{key.names[0]}` has a unique index"


SIGNAL = KeySignal("single_unique", 1, _measure, _sentence, of=Of.SINGLE)
