"""The column is a part of a composite foreign key whose own column leads to the same parent."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return situation.reached.get(
        (edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name), 0.0
    )


def _sentence(edge: Edge, value: float) -> str:
    return "a key of several columns already leads there"


SIGNAL = Signal("reached_through_composite", -1, _measure, _sentence, is_settled=False, reads="reached")
