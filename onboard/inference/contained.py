"""Finds keys that a column may refer to by its values alone, for columns whose names lead nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from onboard.inference.candidates import Edge, Relation
from onboard.inference.measured import ColumnProfile
from onboard.inference.schema import ColumnView, KeyName, KeyView, Schema, own_key_name
from onboard.inference.situation import Situation
from onboard.inference.type_classes import TypeClass
from onboard.inference.weights import weights

_FEWEST_VALUES = 3
_MOST_KEYS = 6
_GROSSLY = 0.1  # of a range or count that was noted or sampled: how far the truth may lie outside


def single_keys(schema: Schema) -> list[KeyView]:
    """Return the keys of one column, of all tables."""
    return [key for table in schema.tables for key in table.keys if len(key.columns) == 1]


def contained_edges(child: ColumnView, keys: Sequence[KeyView], situation: Situation) -> list[Edge]:
    """Return edges to the keys whose range holds the values of a column; fewest values first, as they fit best."""
    profile = situation.profiles.get((child.table.name, child.name))
    if profile is None or profile.distinct < _FEWEST_VALUES or not _looks_like_reference(child):
        return []
    fitting = []
    for key in keys:
        known = situation.profiles.get((key.table.name, key.only.name))
        if known and key.only.type_class is child.type_class and key.table is not child.table and fits(profile, known):
            fitting.append((known.distinct, key))
    fitting.sort(key=lambda pair: (pair[0], pair[1].table.name, pair[1].names))
    return [Edge(child, key, Relation.CONTAINED) for _, key in fitting[:_MOST_KEYS]]


def _looks_like_reference(child: ColumnView) -> bool:
    if child.is_unique or (child.in_primary_key and child.table.table.primary_key is not None and child.position == 0):
        return False
    if own_key_name(child) is KeyName.OWN:
        return False  # the numbers of its own rows are contained in all that count further
    words = child.words
    if words.suffix:
        return True
    is_measure = bool(words.stem) and words.stem[-1] in weights().words["never_keys"]
    return not is_measure and child.type_class is not TypeClass.TEXT


def fits(child: ColumnProfile, key: ColumnProfile) -> bool:
    """Whether the range and number of values of a column are within those of a key, as far as they are known."""
    is_exact = child.is_exact and key.is_exact
    if child.distinct > key.distinct * (1 if is_exact else 1 + _GROSSLY):
        return False
    if child.low is None or child.high is None or key.low is None or key.high is None:
        return True
    slack = 0 if is_exact else _GROSSLY * (key.high - key.low + 1)
    return key.low - slack <= child.low and child.high <= key.high + slack
