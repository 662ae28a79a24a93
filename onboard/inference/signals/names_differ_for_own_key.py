"""The column is the key of its own table, and the other key is not named after its table either."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.schema import ColumnView, KeyName, own_key_name
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    is_key = own_key_name(edge.child) in (KeyName.OWN, KeyName.NOTHING)
    return 1.0 if is_key and edge.parent.named_after is not KeyName.OWN else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` and `{edge.parent.only.name}` are keys of two tables, and neither owns the name"


def _is_own_key(child: ColumnView) -> bool:
    return own_key_name(child) is not None


SIGNAL = Signal("names_differ_for_own_key", -1, _measure, _sentence, child=_is_own_key)
