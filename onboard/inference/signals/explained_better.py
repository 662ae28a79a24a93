"""Another key explains the name of the column word for word."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.is_bettered else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"another table explains `{edge.child.name}` word for word"


SIGNAL = Signal("explained_better", -1, _measure, _sentence, passes_on="is_bettered")
