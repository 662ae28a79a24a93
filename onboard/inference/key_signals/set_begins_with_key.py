"""The first column of the table is unique alone, over many rows, so it needs no company."""

from __future__ import annotations

import math

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    first = key.columns[0]
    found = use.uniqueness.get((key.table.name, (first.name,)))
    if first.position or not found or found.rows < 2 or found.duplicates or found.nulls:
        return 0.0
    return min(3.0, math.log10(found.rows))


def _sentence(key: KeyCandidate, value: float) -> str:
    return f"`{key.names[0]}` is unique alone"


SIGNAL = KeySignal("set_begins_with_key", -1, _measure, _sentence, of=Of.SET, needs_rows=True)
