"""One of the columns is called like the parent, as `visit` of `exposures(camera, visit)`."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    return 1.0 if edge.says_parent else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"one of {', '.join(edge.names)} is called like `{edge.parent.table.name}`"


SIGNAL = PairSignal("child_names_parent", 1, _measure, _sentence, of=Of.NAMES)
