"""The name of the key is not its table's own, and it draws from no sequence where keys do: it came from elsewhere.

`yearend.transaction_id` is a primary key and yet no place that other columns named `transaction_id` refer to.
"""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.schema import KeyName, KeyView
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation

_BY_KEY = (Relation.SAME_AS_KEY, Relation.ENDS_WITH_KEY)


def _measure(edge: Edge, situation: Situation) -> float:
    if situation.sizes or edge.relation not in _BY_KEY:
        return 0.0  # rows were read, and they say which of the keys of one name is meant
    column = edge.parent.only.column
    if edge.parent.named_after is KeyName.OWN or column.identity or column.sequence:
        return 0.0
    return situation.sequence_habit


def _sentence(edge: Edge, value: float) -> str:
    return f"the key `{edge.parent.only.name}` of `{edge.parent.table.name}` seems to come from another table"


def _is_not_own(key: KeyView) -> bool:
    return key.named_after is not KeyName.OWN and not key.only.column.identity and not key.only.column.sequence


SIGNAL = Signal(
    "key_is_borrowed", -1, _measure, _sentence, of=Of.LEAD, is_settled=False, only=_BY_KEY, parent=_is_not_own
)
