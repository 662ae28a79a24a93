"""A set of columns rather than a single one."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    return 1.0 if len(key.columns) > 1 else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return "a set of columns"


SIGNAL = KeySignal("set_before_any_evidence", 0, _measure, _sentence, of=Of.SET)
