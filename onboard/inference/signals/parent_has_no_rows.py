"""The child has rows and the parent has none."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    filled = situation.sizes.get(edge.child.table.name, 0) > 0
    return 1.0 if filled and situation.sizes.get(edge.parent.table.name) == 0 else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.table.name}` is empty, so nothing can be said"


SIGNAL = Signal("parent_has_no_rows", -1, _measure, _sentence, is_settled=False, needs_rows=True)
