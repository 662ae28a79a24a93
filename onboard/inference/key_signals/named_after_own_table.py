"""The column is named after its own table, with a key suffix."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse, is_generic
from onboard.inference.key_signal import KeySignal, Of


def _measure(key: KeyCandidate, use: NameUse) -> float:
    single = len(key.columns) == 1
    column = key.columns[0]
    named = use.names_own(column) and not is_generic(column.words) and not is_generic(column.own)
    return 1.0 if single and named and column.words.suffix else 0.0


def _sentence(key: KeyCandidate, value: float) -> str:
    return f"`{key.names[0]}` is named after its own table"


SIGNAL = KeySignal("named_after_own_table", 1, _measure, _sentence, of=Of.SINGLE)
