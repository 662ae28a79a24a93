"""The key is not primary and its name means another table: it is a reference itself."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.schema import KeyName
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    key = edge.parent
    return 1.0 if not key.numbers_rows and key.named_after is not KeyName.OWN else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.only.name}` is unique in `{edge.parent.table.name}`, and not named after it"


SIGNAL = Signal("borrowed_unique", -1, _measure, _sentence, of=Of.PARENT)
