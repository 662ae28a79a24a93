"""Columns of a set beyond two."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    return float(len(key.columns) - 2) if len(key.columns) > 2 else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return f"{len(key.columns)} columns are many for a key"


SIGNAL = KeySignal("set_size", -1, _measure, _sentence, of=Of.SET)
