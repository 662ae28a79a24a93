"""The parent looks like a log, a history, a copy or a version."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.schema import KeyView
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.parent.table.is_lifeless and not edge.child.table.is_lifeless else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.table.name}` looks like a log, a history or a copy"


def _is_lifeless(key: KeyView) -> bool:
    return key.table.is_lifeless


SIGNAL = Signal("parent_is_lifeless", -1, _measure, _sentence, parent=_is_lifeless)
