"""The parent is one of several tables of logs, histories or copies, and the child is none."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.schema import KeyView
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.parent.table.in_lifeless_module and not edge.child.table.in_lifeless_module else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.table.name}` is one of several tables of logs, histories or copies"


def _in_lifeless(key: KeyView) -> bool:
    return key.table.in_lifeless_module


SIGNAL = Signal("parent_in_lifeless_module", -1, _measure, _sentence, parent=_in_lifeless)
