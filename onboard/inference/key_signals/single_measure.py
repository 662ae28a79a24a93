"""The column reads like a quantity, a date or a text."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of
from onboard.inference.weights import weights


def _measure(key: KeyCandidate, use: NameUse) -> float:
    single = len(key.columns) == 1
    column = key.columns[0]
    return 1.0 if single and column.words.joined in weights().words["never_keys"] else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return f"`{key.names[0]}` reads like a quantity or a text"


SIGNAL = KeySignal("single_measure", -1, _measure, _sentence, of=Of.SINGLE)
