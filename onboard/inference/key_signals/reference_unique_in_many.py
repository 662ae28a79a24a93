"""A column that refers elsewhere is unique over many rows: one row to one row."""

from __future__ import annotations

import math

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    single = len(key.columns) == 1
    column = key.columns[0]
    found = use.uniqueness.get((key.table.name, key.names))
    if not single or found is None or found.duplicates or found.nulls or found.rows < 2:
        return 0.0
    return min(3.0, math.log10(found.rows)) if use.only_refers(column) else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return f"`{key.names[0]}` refers elsewhere and is unique all the same, as the key of one row to one row is"


SIGNAL = KeySignal("reference_unique_in_many", 1, _measure, _sentence, of=Of.SINGLE, needs_rows=True)
