"""Another key has the same name, and the name fits that one's table better."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.schema import KeyView
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    if not edge.parent.is_outnamed or edge.relation is not Relation.SAME_AS_KEY:
        return 0.0
    ours = edge.child.table.joined  # `order_item_notes.order_no` may well mean the key of `order_items`
    for entity in edge.parent.table.entities:
        if entity.joined in ours:
            return 0.0
    return 1.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.only.name}` fits another table better than `{edge.parent.table.name}`"


def _is_outnamed(key: KeyView) -> bool:
    return key.is_outnamed


SIGNAL = Signal("name_fits_other_table", -1, _measure, _sentence, only=(Relation.SAME_AS_KEY,), parent=_is_outnamed)
