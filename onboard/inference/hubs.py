"""Finds the table that columns refer to without naming it, such as one of terms, and the columns that may do so too.

Where references have indexes, an indexed column that ends like one and is called like no table is a reference all the
same. Where others lead is known of those that are declared, joined by views or settled by votes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from onboard.inference.candidates import Edge, Relation
from onboard.inference.foreign_keys import Choice
from onboard.inference.schema import ColumnView, KeyView, Schema
from onboard.inference.situation import ColumnId
from onboard.inference.weights import weights

_FEWEST = 3.0  # references without a word in common, before a table is a hub of such
_DOUBT = 3.0  # references that lead elsewhere, for all that is known
_LIKELY = 0.5
_INDEXES_ALL = 0.5  # how much an index says: see `index_habit`
_WORDLESS = (Relation.VOTED, Relation.JOINED)


@dataclass(frozen=True, slots=True)
class Hub:
    """The key that columns refer to without a word in common."""

    key: KeyView
    share: float  # of all such references


def find_hub(schema: Schema, choices: Iterable[Choice], keys: Mapping[ColumnId, KeyView]) -> Hub | None:
    """Return the key that most references without a word in common lead to; None where too few are known."""
    found: dict[ColumnId, float] = defaultdict(float)
    for table in schema.tables:
        for key in table.table.foreign_keys:
            target = keys.get((key.references, key.referenced_columns[0]))
            child = table.by_name.get(key.columns[0])
            if len(key.columns) == 1 and child and target and _is_wordless(child, target):
                found[key.references, key.referenced_columns[0]] += 1
    for choice in choices:
        edge, share = choice.ranked()[0]
        if share > _LIKELY and edge.relation in _WORDLESS:
            found[edge.parent.table.name, edge.parent.only.name] += share
    best = min(found, key=lambda key: (-found[key], key), default=None)
    if best is None or found[best] < _FEWEST:
        return None
    return Hub(keys[best], found[best] / (sum(found.values()) + _DOUBT))


def _is_wordless(child: ColumnView, target: KeyView) -> bool:
    return not set(child.words.stem) & {*target.table.words, *target.only.words.stem}


def hub_edges(hub: Hub, columns: Iterable[ColumnView], named: Set[int], index_habit: float) -> Iterator[Edge]:
    """Yield an edge to the hub from each indexed column that ends like a key and whose name leads nowhere.

    `named` holds the `id` of the columns whose names lead to some key.
    """
    if index_habit < _INDEXES_ALL:
        return
    suffixes, column = weights().words["id_suffixes"], hub.key.only
    for child in columns:
        words = child.words
        is_open = (
            id(child) not in named
            and child is not column
            and child.is_indexed
            and not child.is_unique
            and not child.in_primary_key
        )
        if (
            child is not column
            and is_open
            and words.stem
            and words.suffix in suffixes
            and child.column.type.sql == column.column.type.sql
        ):
            yield Edge(child, hub.key, Relation.HUB)
