"""The child is one of several tables whose prefix says that they are logs, histories or copies."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.child.table.in_lifeless_module else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.table.name}` is one of several tables of logs, histories or copies"


SIGNAL = Signal("child_in_lifeless_module", -1, _measure, _sentence, of=Of.CHILD)
