"""The key is not primary and its name means another table, or is that of another key: it is a reference itself."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.schema import KeyName
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    key = edge.parent
    if key.numbers_rows or key.named_after is KeyName.OWN:
        return 0.0
    return 0.0 if key.named_after is KeyName.NOTHING and key.is_alone_so_named else 1.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.only.name}` is unique in `{edge.parent.table.name}`, and not named after it"


SIGNAL = Signal("borrowed_unique", -1, _measure, _sentence, of=Of.PARENT)
