"""One column of a set is named like a key of the table itself."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse, is_generic
from onboard.inference.key_signal import KeySignal, Of
from onboard.inference.schema import ColumnView


def _measure(key: KeyCandidate, use: NameUse) -> float:
    return 1.0 if len(key.columns) > 1 and any(_is_named_so(c, use) for c in key.columns) else 0.0


def _is_named_so(column: ColumnView, use: NameUse) -> bool:
    return is_generic(column.words) or (use.names_own(column) and bool(column.words.suffix))


def _sentence(key: KeyCandidate, value: float) -> str:
    return "one of them is named like a key of its own"


SIGNAL = KeySignal("set_has_plain_key", -1, _measure, _sentence, of=Of.SET, any_column=_is_named_so)
