"""The rows hold every value once."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal


def _measure(key: KeyCandidate, use: NameUse) -> float:
    found = use.uniqueness.get((key.table.name, key.names))
    return 1.0 if found and found.rows > 1 and not found.duplicates and not found.nulls else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return "no value twice and none missing"


SIGNAL = KeySignal("rows_unique", 1, _measure, _sentence, needs_rows=True)
