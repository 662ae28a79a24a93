"""One column of a set reads like a quantity or a text."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of
from onboard.inference.schema import ColumnView
from onboard.inference.weights import weights


def _measure(key: KeyCandidate, use: NameUse) -> float:
    return 1.0 if len(key.columns) > 1 and any(_measures(c, use) for c in key.columns) else 0.0


def _measures(column: ColumnView, use: NameUse) -> bool:
    name, listed = column.words.joined, weights().words
    return name in listed["never_keys"] and name not in listed["order_words"]


def _sentence(key: KeyCandidate, value: float) -> str:
    return "one of them reads like a quantity or a text"


SIGNAL = KeySignal("set_measure", -1, _measure, _sentence, of=Of.SET, any_column=_measures)
