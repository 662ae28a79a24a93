"""A view sets column and key equal."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    pair = (edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name)
    return 1.0 if pair in situation.joined else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return "a view joins the two"


SIGNAL = Signal("views_join", 1, _measure, _sentence, reads="joined")
