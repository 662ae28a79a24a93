"""The column holds text and does not end like a key."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of
from onboard.inference.type_classes import TypeClass


def _measure(key: KeyCandidate, use: NameUse) -> float:
    single = len(key.columns) == 1
    column = key.columns[0]
    return 1.0 if single and column.type_class is TypeClass.TEXT and not column.words.suffix else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return f"`{key.names[0]}` holds text and does not end like a key"


SIGNAL = KeySignal("single_text", -1, _measure, _sentence, of=Of.SINGLE)
