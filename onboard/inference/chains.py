"""Tells which of several keys of one name, all holding a column's values, is the one meant: the smallest, or the root.

In a chain (sales person, employee, person, business entity) each table refers to the next larger one. Where several
tables have a row for each row of the other, all but one are parts of that one: the root is what other columns name.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onboard.catalog.structure import TableName
from onboard.inference.candidates import Edge, Relation
from onboard.inference.foreign_keys import Choice
from onboard.inference.schema import Schema
from onboard.inference.situation import PairId, Situation

_LIKELY = 0.5
_WORDLESS = (Relation.CONTAINED, Relation.VOTED)  # beside keys that the column names they are no rivals
_TIGHT, _LOOSE = -2.0, 2.0
_MOST = 3.0
_Named = Counter[tuple[TableName, str]]


@dataclass(frozen=True, slots=True)
class _Holder:
    """A key that holds all values of the column."""

    edge: Edge
    distinct: int
    values: int  # of the column


def looseness(schema: Schema, choices: Iterable[Choice], situation: Situation) -> dict[PairId, float]:
    """Compare keys of one name that hold all values of a column: down to -3 for the one meant, up to 3 for others."""
    if not situation.inclusions:
        return {}
    choices = list(choices)
    named = _named_otherwise(schema, choices)
    found: dict[PairId, float] = {}
    for choice in choices:
        by_name: dict[str, list[_Holder]] = defaultdict(list)
        for holder in _holders(choice, situation):
            by_name[holder.edge.parent.only.words.joined].append(holder)
        for holders in by_name.values():
            said = [holder for holder in holders if holder.edge.relation not in _WORDLESS]
            found.update(_compared(choice, said or holders, named, situation))
    return found


def _named_otherwise(schema: Schema, choices: Iterable[Choice]) -> _Named:
    """Count the columns that refer to each key by another name than the key's own, such as the table's."""
    found: _Named = Counter()
    for table in schema.tables:
        for key in table.table.foreign_keys:
            if len(key.columns) == 1 and key.columns != key.referenced_columns:
                found[key.references, key.referenced_columns[0]] += 1
    for choice in choices:
        for edge, share in choice.ranked()[:1]:
            if share > _LIKELY and edge.relation is not Relation.SAME_AS_KEY:
                found[_key(edge)] += 1
    return found


def _key(edge: Edge) -> tuple[TableName, str]:
    return edge.parent.table.name, edge.parent.only.name


def _pair(edge: Edge) -> PairId:
    return (edge.child.table.name, edge.child.name, *_key(edge))


def _holders(choice: Choice, situation: Situation) -> Iterable[_Holder]:
    for edge in choice.edges:
        inclusion, profile = situation.inclusions.get(_pair(edge)), situation.profiles.get(_key(edge))
        if inclusion and not inclusion.missing_distinct and profile and profile.distinct:
            yield _Holder(edge, profile.distinct, inclusion.distinct)


def _compared(
    choice: Choice, holders: Sequence[_Holder], named: _Named, situation: Situation
) -> Iterable[tuple[PairId, float]]:
    equal, others = _split(choice, holders, situation)
    if equal:
        own = (choice.child.table.name, choice.child.name)
        root = _root([own, *(_key(holder.edge) for holder in equal)], named)
        if root is None:
            yield from _smallest(others, named)  # which of two refers is open
        elif root == own:
            yield from ((_pair(holder.edge), _LOOSE) for holder in equal)
            yield from _smallest(others, named)
        else:
            yield from ((_pair(holder.edge), _TIGHT if _key(holder.edge) == root else _LOOSE) for holder in holders)
    else:
        yield from _smallest(others, named)


def _split(choice: Choice, holders: Sequence[_Holder], situation: Situation) -> tuple[list[_Holder], list[_Holder]]:
    """Return the keys that have exactly the values of the column, where it is a key itself, and the others."""
    child = choice.child
    profile = situation.profiles.get((child.table.name, child.name))
    is_key = any(len(key.columns) == 1 and key.only is child for key in child.table.keys)
    if profile is None or not (is_key or child.is_unique):
        return [], list(holders)
    equal = [holder for holder in holders if holder.distinct == profile.distinct]
    return equal, [holder for holder in holders if holder.distinct != profile.distinct]


def _smallest(holders: Sequence[_Holder], named: _Named) -> Iterable[tuple[PairId, float]]:
    """Hold larger keys against the smallest, as far as it surprises that all values fall into that."""
    if len(holders) < 2:
        return
    smallest = min(holder.distinct for holder in holders)
    tied = [holder for holder in holders if holder.distinct == smallest]
    root = _key(tied[0].edge) if len(tied) == 1 else _root([_key(holder.edge) for holder in tied], named)
    looser = {_key(holder.edge): _looser(holder, smallest) for holder in holders}
    if root is not None and len(tied) > 1:
        looser.update((_key(holder.edge), _LOOSE) for holder in tied)
    tight = max((value for key, value in looser.items() if key != root), default=0.0)
    for holder in holders:
        yield _pair(holder.edge), -tight if _key(holder.edge) == root else looser[_key(holder.edge)]


def _looser(holder: _Holder, smallest: int) -> float:
    """Return minus the decimal logarithm of the chance that so many values of a larger key are all in the smallest."""
    return min(_MOST, holder.values * math.log10(holder.distinct / smallest))


def _root(keys: Sequence[tuple[TableName, str]], named: _Named) -> tuple[TableName, str] | None:
    """Return the key that more columns name than any other of these; None where there is no such key."""
    ranked = sorted(keys, key=lambda key: -named[key])
    return ranked[0] if len(ranked) == 1 or named[ranked[0]] > named[ranked[1]] else None
