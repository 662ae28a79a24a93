"""Other columns plainly refer to the same key."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    key = (edge.parent.table.name, edge.parent.only.name)
    return situation.hubs.get(key, 0.0)


def _sentence(edge: Edge, value: float) -> str:
    return "other columns plainly refer to that table"


SIGNAL = Signal("parent_is_hub", 1, _measure, _sentence, of=Of.PARENT, is_settled=False, reads="hubs")
