"""Of several keys of one name it is the one whose table the child's is named after: the nearest of the kind."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return float(edge.is_nested)


def _sentence(edge: Edge, value: float) -> str:
    return f"of the keys called `{edge.parent.only.name}`, that of `{edge.parent.table.name}` is the nearest by name"


SIGNAL = Signal("nested_in_parent", 1, _measure, _sentence, passes_on="is_nested")
