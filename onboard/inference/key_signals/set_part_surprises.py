"""A part of the set is unique beyond chance, so the rest is needless."""

from __future__ import annotations

from onboard.inference.chance import surprise_of_a_part
from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of

_LITTLE = 0.5  # up to two rows that chance would hold twice


def _measure(key: KeyCandidate, use: NameUse) -> float:
    if len(key.columns) < 3:
        return 0.0
    return min(1.0, max(0.0, surprise_of_a_part(key, use) - _LITTLE))


def _sentence(key: KeyCandidate, value: float) -> str:
    return "a part of them is unique beyond chance, so the rest is needless"


SIGNAL = KeySignal("set_part_surprises", -1, _measure, _sentence, of=Of.SET, needs_rows=True)
