"""A part of a set is unique by itself, which says more over many rows than over few."""

from __future__ import annotations

import math

from onboard.inference.key_candidates import KeyCandidate, NameUse, unique_parts
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    if len(key.columns) < 2:
        return 0.0
    found = unique_parts(key, use)
    return min(3.0, max(math.log10(max(1, rows)) for rows in found)) if found else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return "a part of them is unique already"


SIGNAL = KeySignal("set_part_unique", -1, _measure, _sentence, of=Of.SET, needs_rows=True)
