"""The key is not the primary key of its table, and does not number its rows either."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 0.0 if edge.parent.numbers_rows else 1.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.only.name}` is not the primary key of `{edge.parent.table.name}`"


SIGNAL = Signal("not_primary", -1, _measure, _sentence, of=Of.PARENT)
