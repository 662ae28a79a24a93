"""The column is called id, or the like."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse, is_generic
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    single = len(key.columns) == 1
    column = key.columns[0]
    return 1.0 if single and (is_generic(column.words) or is_generic(column.own)) else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return f"`{key.names[0]}` says no more than that it is a key"


SIGNAL = KeySignal("named_plainly", 1, _measure, _sentence, of=Of.SINGLE)
