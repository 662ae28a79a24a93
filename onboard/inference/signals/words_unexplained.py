"""Words of the column that neither the table nor its key explains."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return float(edge.extra_words)


def _sentence(edge: Edge, value: float) -> str:
    return f"{value:.0f} words of `{edge.child.name}` are left unexplained"


SIGNAL = Signal("words_unexplained", -1, _measure, _sentence, of=Of.LEAD)
