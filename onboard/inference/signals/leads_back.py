"""The key of the other table refers to this one as likely as this one to it, and not both can come first."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return situation.circles.get(
        (edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name), 0.0
    )


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.only.name}` of `{edge.parent.table.name}` seems to refer to `{edge.child.name}` instead"


SIGNAL = Signal("leads_back", -1, _measure, _sentence, is_settled=False, reads="circles")
