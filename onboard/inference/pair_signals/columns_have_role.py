"""A word before the name of one column of a key, not of all, says in which role it is referred to: `from_stop_id`."""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    return 1.0 if edge.has_role and not edge.has_one_role else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return f"{', '.join(edge.names)} are the names of the key's columns with a role before them"


SIGNAL = PairSignal("columns_have_role", 0, _measure, _sentence, of=Of.NAMES)
