"""The key of the parent has no word of its table."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.schema import KeyName
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.parent.named_after is KeyName.NOTHING else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"the key `{edge.parent.only.name}` is not named after its table"


SIGNAL = Signal("key_not_named_after_table", -1, _measure, _sentence, of=Of.PARENT)
