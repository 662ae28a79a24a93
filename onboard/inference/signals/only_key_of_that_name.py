"""The column is named exactly like the key, and no other table has a key of that name."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.schema import KeyView
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.SAME_AS_KEY and edge.parent.is_alone_so_named else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.table.name}` alone has a key called `{edge.parent.only.name}`"


def _is_alone(key: KeyView) -> bool:
    return key.is_alone_so_named


SIGNAL = Signal(
    "only_key_of_that_name", 1, _measure, _sentence, of=Of.LEAD, only=(Relation.SAME_AS_KEY,), parent=_is_alone
)
