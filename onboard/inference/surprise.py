"""How surprising it is that a key holds all values of a column: the cure for keys that count 1, 2, 3.

A column of small numbers is contained in every longer sequence. What counts is how many keys of the database
would contain its values by chance: for numbers from range and density, for text by the number of values.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from onboard.inference.measured import ColumnProfile
from onboard.inference.type_classes import TypeClass

_MOST = 3.0
_A_TEXT_VALUE = 0.5


def surprise(child: ColumnProfile, keys: Sequence[ColumnProfile], type_class: TypeClass) -> float:
    """Return minus the decimal logarithm of the share of keys that would hold the values by chance, at most 3."""
    if type_class is not TypeClass.WHOLE:
        return min(_MOST, _A_TEXT_VALUE * child.distinct)
    if child.low is None or child.high is None:
        return 0.0
    share = (sum(_chance(child, key) for key in keys) + 0.5) / (len(keys) + 1)
    return min(_MOST, -math.log10(share))


def _chance(child: ColumnProfile, key: ColumnProfile) -> float:
    if key.low is None or key.high is None or child.low is None or child.high is None:
        return 0.0
    if child.low < key.low or child.high > key.high:
        return 0.0
    density = min(1.0, key.distinct / (key.high - key.low + 1))
    return math.exp(max(-50.0, child.distinct * math.log(density))) if density > 0 else 0.0
