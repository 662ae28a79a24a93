"""The set of columns has a unique index."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    if len(key.columns) < 2:
        return 0.0
    names = set(key.names)
    return 1.0 if any(set(known.names) == names for known in key.table.keys if known.is_declared) else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return "they have a unique index"


SIGNAL = KeySignal("set_unique", 1, _measure, _sentence, of=Of.SET)
