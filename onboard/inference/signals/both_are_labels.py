"""Column and key are both unique texts of one name, as the labels of two lists are."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.schema import KeyName
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation
from onboard.inference.type_classes import TypeClass


def _measure(edge: Edge, situation: Situation) -> float:
    is_text = edge.child.type_class is TypeClass.TEXT
    is_alike = is_text and edge.child.is_unique and edge.relation is Relation.SAME_AS_KEY
    return 1.0 if is_alike and edge.parent.named_after is not KeyName.OWN else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` is unique in both tables, as a label is"


SIGNAL = Signal("both_are_labels", -1, _measure, _sentence)
