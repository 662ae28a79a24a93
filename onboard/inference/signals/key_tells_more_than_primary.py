"""The primary key of the parent is called as most are, `id` or `row_id`; this unique number alone tells whose it is."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.schema import KeyName, KeyView
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation

_BY_KEY = (Relation.SAME_AS_KEY, Relation.ENDS_WITH_KEY)


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if _tells_more(edge.parent) else 0.0


def _tells_more(key: KeyView) -> bool:
    if key.numbers_rows or not key.only.words.suffix or not key.only.own.stem:
        return False
    if not key.is_alone_so_named and (key.is_outnamed or key.named_after is not KeyName.OWN):
        return False
    return any(
        other.is_primary and len(other.columns) == 1 and other.only.is_called_as_usual for other in key.table.keys
    )


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.only.name}` says whose it is, the primary key of `{edge.parent.table.name}` does not"


SIGNAL = Signal("key_tells_more_than_primary", 1, _measure, _sentence, of=Of.LEAD, only=_BY_KEY, parent=_tells_more)
