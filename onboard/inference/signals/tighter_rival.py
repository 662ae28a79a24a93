"""A key of the same name with fewer values holds all values of the column as well."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    pair = (edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name)
    return situation.looseness.get(pair, 0.0)


def _sentence(edge: Edge, value: float) -> str:
    if value > 0:
        return "a smaller key of the same name holds all the values too"
    return "of the keys of that name that hold all the values it is the smallest"


SIGNAL = Signal("tighter_rival", -1, _measure, _sentence, is_settled=False, needs_rows=True, reads="looseness")
