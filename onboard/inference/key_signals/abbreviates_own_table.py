"""The column abbreviates the name of its own table."""

from __future__ import annotations

from onboard.inference.abbreviation import abbreviates
from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    single = len(key.columns) == 1
    column = key.columns[0]
    if not single or not column.own.suffix:
        return 0.0
    return 1.0 if any(abbreviates(column.own.stem, entity.words) for entity in key.table.entities) else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return f"`{key.names[0]}` abbreviates its own table"


SIGNAL = KeySignal("abbreviates_own_table", 1, _measure, _sentence, of=Of.SINGLE)
