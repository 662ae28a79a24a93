"""The parent has another key that is the likelier target."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 0.0 if edge.parent.is_preferred else 1.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.table.name}` has a key that others would rather refer to"


SIGNAL = Signal("prefers_other_key", -1, _measure, _sentence, of=Of.PARENT)
