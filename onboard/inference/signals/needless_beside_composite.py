"""The rows hold a foreign key of several columns that leads to the same parent through the table between."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return situation.needless.get(
        (edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name), 0.0
    )


def _sentence(edge: Edge, value: float) -> str:
    return "a key of several columns, which all rows hold, already leads there"


SIGNAL = Signal(
    "needless_beside_composite", -1, _measure, _sentence, is_settled=False, needs_rows=True, reads="needless"
)
