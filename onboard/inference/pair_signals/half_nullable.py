"""Some of the columns may be empty and others may not: such a reference would be left half empty.

What is in nearly every key, as a tenant is, may well be there while the rest is not.
"""

from __future__ import annotations

from onboard.inference.composite import CompositeEdge
from onboard.inference.pair_signal import Of, PairSignal


def _measure(edge: CompositeEdge) -> float:
    telling = [column for column in edge.child if column.own.joined not in edge.standing.everywhere]
    return 1.0 if len({column.column.is_nullable for column in telling}) > 1 else 0.0


def _sentence(edge: CompositeEdge, value: float) -> str:
    return "some of the columns may be empty and others may not"


SIGNAL = PairSignal("half_nullable", -1, _measure, _sentence, of=Of.CHILD)
