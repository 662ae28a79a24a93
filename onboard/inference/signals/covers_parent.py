"""The share of the key's values that the column uses."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    pair = (edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name)
    found = situation.inclusions.get(pair)
    profile = situation.profiles.get((edge.parent.table.name, edge.parent.only.name))
    if not found or found.missing_distinct or not profile or not profile.distinct:
        return 0.0
    own = situation.profiles.get(pair[:2])
    is_counted = found.is_exact and found.is_distinct_known  # a sample holds but some of the values
    distinct = found.distinct if is_counted or not own else own.distinct
    return min(1.0, distinct / profile.distinct)


def _sentence(edge: Edge, value: float) -> str:
    return f"they are {value:.0%} of the values there"


SIGNAL = Signal("covers_parent", 1, _measure, _sentence, is_settled=False, needs_rows=True, reads="inclusions")
