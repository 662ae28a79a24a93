"""The key whose name the column has is itself named after another table."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.schema import KeyName, KeyView
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.parent.named_after is KeyName.OTHER else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"the key `{edge.parent.only.name}` is itself named after another table"


def _named_after_other(key: KeyView) -> bool:
    return key.named_after is KeyName.OTHER


SIGNAL = Signal(
    "key_named_after_other",
    -1,
    _measure,
    _sentence,
    of=Of.LEAD,
    only=(Relation.SAME_AS_KEY, Relation.ENDS_WITH_KEY),
    parent=_named_after_other,
)
