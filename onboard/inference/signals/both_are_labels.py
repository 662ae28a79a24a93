"""Column and key are both unique texts without a key suffix, as the labels of two lists are."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.schema import ColumnView, KeyName
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation
from onboard.inference.type_classes import TypeClass


def _measure(edge: Edge, situation: Situation) -> float:
    is_text = edge.child.type_class is TypeClass.TEXT
    if not is_text or not edge.child.is_unique or edge.child.words.suffix:
        return 0.0
    is_owned = edge.relation is Relation.SAME_AS_KEY and edge.parent.named_after is KeyName.OWN
    return 0.0 if is_owned else 1.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` is unique in both tables, as a label is"


def _is_label(child: ColumnView) -> bool:
    return child.type_class is TypeClass.TEXT and child.is_unique and not child.words.suffix


SIGNAL = Signal("both_are_labels", -1, _measure, _sentence, child=_is_label)
