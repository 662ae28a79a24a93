"""All columns of a set are named after other tables."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    return 1.0 if len(key.columns) > 1 and all(use.only_refers(c) for c in key.columns) else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return "all of them are named after other tables"


SIGNAL = KeySignal("set_all_refer", 1, _measure, _sentence, of=Of.SET)
