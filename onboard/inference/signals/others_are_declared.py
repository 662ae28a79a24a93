"""The database declares its references, and this one it does not."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return situation.declared_habit


def _sentence(edge: Edge, value: float) -> str:
    return f"{value:.0%} of the references are declared, and this is not"


SIGNAL = Signal("others_are_declared", -1, _measure, _sentence, is_settled=False, of=Of.PARENT, reads="declared_habit")
