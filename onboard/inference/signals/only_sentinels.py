"""The column holds nothing but sentinels."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation
from onboard.inference.type_classes import TypeClass


def _measure(edge: Edge, situation: Situation) -> float:
    pair = (edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name)
    found = situation.inclusions.get(pair)
    if found:
        return 1.0 if found.rows and found.rows <= found.sentinels else 0.0
    profile = situation.profiles.get(pair[:2])  # of a parent without rows nothing else is asked
    if profile is None or edge.child.type_class is not TypeClass.WHOLE:
        return 0.0
    return 1.0 if profile.filled and profile.low is None else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return "it holds nothing but 0, -1 or blanks"


SIGNAL = Signal("only_sentinels", -1, _measure, _sentence, is_settled=False, needs_rows=True)
