"""One of the columns says when the row was written, which identifies nothing."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of
from onboard.inference.schema import ColumnView
from onboard.inference.type_classes import TypeClass
from onboard.inference.weights import weights


def _measure(key: KeyCandidate, use: NameUse) -> float:
    return 1.0 if any(_says_when(c, use) for c in key.columns) else 0.0


def _says_when(column: ColumnView, use: NameUse) -> bool:
    listed = weights().words["bookkeeping_words"]
    return column.type_class is TypeClass.DATE and not listed.isdisjoint(column.words.words)


def _sentence(key: KeyCandidate, value: float) -> str:
    return "one of them says when the row was written"


SIGNAL = KeySignal("set_keeps_the_books", -1, _measure, _sentence, of=Of.SET, any_column=_says_when)
