"""The column is the primary key of its own table, and not named after another."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.schema import KeyName, own_key_name
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if own_key_name(edge.child) in (KeyName.OWN, KeyName.NOTHING) else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` is the primary key of its own table"


SIGNAL = Signal("child_is_own_key", -1, _measure, _sentence, of=Of.CHILD)
