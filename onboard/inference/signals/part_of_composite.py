"""The column is a part of a likely foreign key of several columns, whose own column does not lead to this parent.

The version of a row is referred to as a whole: `way_tags(way_id, version)` means `ways`, `way_id` nothing beside it.
"""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    child = (edge.child.table.name, edge.child.name)
    found = situation.composed.get(child)
    if found is None or (*child, edge.parent.table.name, edge.parent.only.name) in situation.reached:
        return 0.0
    parent, share = found
    return share if edge.parent.table.name != parent else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return "it is a part of a key of several columns that leads elsewhere"


SIGNAL = Signal("part_of_composite", -1, _measure, _sentence, is_settled=False, reads="composed")
