"""The column has gaps and yet ends about where the key ends, while a measure would stop anywhere."""

from __future__ import annotations

import math

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation

_FEWEST_VALUES = 5
_DENSE = 0.5  # from this share of its range on a column may count 1, 2, 3 by itself
_MAGNITUDES = 16.0  # natural logarithm of ten million: a number that is no key may end anywhere up to there
_MOST = 3.0


def _measure(edge: Edge, situation: Situation) -> float:
    child = (edge.child.table.name, edge.child.name)
    parent = (edge.parent.table.name, edge.parent.only.name)
    found = situation.inclusions.get((*child, *parent))
    ours, theirs = situation.profiles.get(child), situation.profiles.get(parent)
    if not found or found.missing_distinct or not ours or not theirs or ours.distinct < _FEWEST_VALUES:
        return 0.0
    if ours.low is None or ours.high is None or theirs.high is None or theirs.high < ours.high or ours.high <= 0:
        return 0.0
    if ours.distinct > _DENSE * (ours.high - ours.low + 1):
        return 0.0
    likelier = math.log10(_MAGNITUDES * ours.distinct) + ours.distinct * math.log10(ours.high / theirs.high)
    return min(_MOST, max(0.0, likelier))


def _sentence(edge: Edge, value: float) -> str:
    return f"its values end where those of `{edge.parent.table.name}` do"


SIGNAL = Signal("reaches_as_far", 1, _measure, _sentence, is_settled=False, needs_rows=True, reads="inclusions")
