"""A set of columns that leaves out columns between its own."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    if len(key.columns) < 2:
        return 0.0
    return 1.0 if key.columns[-1].position >= len(key.columns) else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return "columns between them are left out"


SIGNAL = KeySignal("set_leaves_reference", -1, _measure, _sentence, of=Of.SET)
