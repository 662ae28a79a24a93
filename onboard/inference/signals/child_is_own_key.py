"""The column is the primary key of its own table, and not named after another."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.schema import KeyName, own_key_name
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    if own_key_name(edge.child) not in (KeyName.OWN, KeyName.NOTHING):
        return 0.0
    stem = edge.child.own.stem
    is_fully_own = bool(stem) and set(stem) <= set(edge.child.table.words) and len(stem) > 1
    return 1.5 if is_fully_own else 1.0  # `link_trigger_id` of `map_link_triggers` is no key of `triggers`


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` is the primary key of its own table"


SIGNAL = Signal("child_is_own_key", -1, _measure, _sentence, of=Of.CHILD)
