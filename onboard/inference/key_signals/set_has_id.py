"""One column of a set is a plain id."""

from __future__ import annotations

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.key_signal import KeySignal, Of
from onboard.inference.schema import ColumnView
from onboard.inference.type_classes import TypeClass

PLAIN = frozenset(("id", "uuid", "guid", "pk", "oid", "rowid"))


def _measure(key: KeyCandidate, use: NameUse) -> float:
    if len(key.columns) < 2:
        return 0.0
    return 1.0 if any(_is_plain(c, use) for c in key.columns) else 0.0


def _is_plain(column: ColumnView, use: NameUse) -> bool:
    if column.own.words == (column.own.suffix,) and column.own.suffix in PLAIN:
        return True
    return column.type_class is TypeClass.UUID and not use.refers(column)


def _sentence(key: KeyCandidate, value: float) -> str:
    return "one of them is a plain id, which needs no company"


SIGNAL = KeySignal("set_has_id", -1, _measure, _sentence, of=Of.SET, any_column=_is_plain)
