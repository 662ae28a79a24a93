"""A set of columns of which one draws from a sequence."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of
from onboard.inference.schema import ColumnView


def _measure(key: KeyCandidate, use: NameUse) -> float:
    return 1.0 if len(key.columns) > 1 and any(_is_drawn(c, use) for c in key.columns) else 0.0


def _is_drawn(column: ColumnView, use: NameUse) -> bool:
    return bool(column.column.identity or column.column.sequence)


def _sentence(key: KeyCandidate, value: float) -> str:
    return "one of them draws from a sequence, and needs no company"


SIGNAL = KeySignal("set_has_sequence", -1, _measure, _sentence, of=Of.SET, any_column=_is_drawn)
