"""The parent's name stands before the name of each of its key's columns: `body_authority, body_code` for `bodies`."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    return 1.0 if edge.has_one_role and edge.says_parent else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"`{edge.parent.table.name}` stands before each of {', '.join(edge.parent.names)}"


SIGNAL = PairSignal("role_throughout", 1, _measure, _sentence, of=Of.NAMES)
