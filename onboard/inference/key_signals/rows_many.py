"""Uniqueness over many rows says more than over few."""

from __future__ import annotations

import math

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal


def _measure(key: KeyCandidate, use: NameUse) -> float:
    found = use.uniqueness.get((key.table.name, key.names))
    unique = found and found.rows > 1 and not found.duplicates and not found.nulls
    return min(3.0, math.log10(found.rows)) if found and unique else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return "over many rows"


SIGNAL = KeySignal("rows_many", 1, _measure, _sentence, needs_rows=True)
