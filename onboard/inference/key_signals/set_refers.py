"""Share of the columns of a set that are named after other tables."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    return sum([use.only_refers(c) for c in key.columns]) / len(key.columns) if len(key.columns) > 1 else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return "they are named after other tables"


SIGNAL = KeySignal("set_refers", 1, _measure, _sentence, of=Of.SET)
