"""The parent looks like a log, a history, a copy or a version."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import PairSignal
from onboard.inference.schema import KeyView


def _measure(edge: CompositeEdge) -> float:
    return 1.0 if edge.parent.table.is_lifeless and not edge.table.is_lifeless else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"`{edge.parent.table.name}` looks like a log, a history or a copy"


def _is_lifeless(key: KeyView) -> bool:
    return key.table.is_lifeless


SIGNAL = PairSignal("parent_is_lifeless", -1, _measure, _sentence, parent=_is_lifeless)
