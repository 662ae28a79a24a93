"""Words of the table that the column does not repeat."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return float(edge.table_words_left)


def _sentence(edge: Edge, value: float) -> str:
    return f"{value:.0f} words of `{edge.parent.table.name}` are left aside"


SIGNAL = Signal("table_words_left", -1, _measure, _sentence, of=Of.LEAD)
