"""The column is half of a polymorphic pair."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if (edge.child.table.name, edge.child.name) in situation.polymorphic else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"a neighbour says which table `{edge.child.name}` refers to"


SIGNAL = Signal("belongs_to_polymorphic_pair", -1, _measure, _sentence, of=Of.CHILD)
