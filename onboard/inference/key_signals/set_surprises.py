"""The columns are unique together where chance would have held many rows twice."""

from __future__ import annotations

from onboard.inference.chance import surprise_of_uniqueness
from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    return surprise_of_uniqueness(key, use)


def _sentence(key: KeyCandidate, value: float) -> str:
    return f"by chance about {10**value - 1:,.0f} rows would be there twice"


SIGNAL = KeySignal("set_surprises", 1, _measure, _sentence, of=Of.SET, needs_rows=True)
