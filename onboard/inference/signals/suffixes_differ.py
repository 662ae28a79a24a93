"""The column and the key end in different key suffixes."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    ours, theirs = edge.child.words.suffix, edge.parent.only.words.suffix
    return 1.0 if ours and theirs and ours != theirs else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"it ends in `{edge.child.words.suffix}`, the key in `{edge.parent.only.words.suffix}`"


SIGNAL = Signal("suffixes_differ", -1, _measure, _sentence)
