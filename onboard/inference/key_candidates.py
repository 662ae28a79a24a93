"""Finds the columns that may be the primary key of a table that declares none: a few single columns, a few sets.

Never every set of columns: a table of sixteen columns has hundreds of minimal unique sets, and one of them was meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from onboard.catalog.structure import TableName
from onboard.inference.measured import Uniqueness
from onboard.inference.naming import Words
from onboard.inference.schema import ColumnView, Schema, TableView
from onboard.inference.type_classes import TypeClass
from onboard.inference.weights import weights

_LARGEST = 5  # columns in a proposed key
_NEVER = (TypeClass.OTHER,)


@dataclass(slots=True, eq=False)
class KeyCandidate:
    """Columns that may be the primary key of their table. `terms` and `logit` are filled by the score."""

    table: TableView
    columns: tuple[ColumnView, ...]  # in table order
    terms: dict[str, float] = field(default_factory=dict)
    logit: float = 0.0

    names: tuple[str, ...] = field(init=False)  # of its columns

    def __post_init__(self) -> None:
        self.names = tuple(column.name for column in self.columns)


@dataclass(slots=True, eq=False)
class NameUse:
    """How names are used over the whole schema."""

    entities: dict[str, list[TableView]]  # what tables may mean, run together
    owners: dict[str, int]  # column name -> tables whose first column has it
    users: dict[str, int]  # column name -> tables that have it
    uniqueness: Mapping[tuple[TableName, tuple[str, ...]], Uniqueness] = field(default_factory=dict)
    _refers: dict[int, bool] = field(default_factory=dict)  # by the identity of the column: asked by many signals

    def refers(self, column: ColumnView) -> bool:
        """Whether the name of a column leads to another table."""
        known = self._refers.get(id(column))
        if known is None:
            both = (column.words,) if column.own is column.words else (column.words, column.own)
            known = self._refers[id(column)] = any(self._leads_elsewhere(words, column.table) for words in both)
        return known

    def _leads_elsewhere(self, words: Words, own: TableView) -> bool:
        for start in range(len(words.stem)):
            if any(table is not own for table in self.entities.get("".join(words.stem[start:]), ())):
                return True
        return False


def name_use(schema: Schema) -> NameUse:
    """Return how the schema uses its names."""
    entities: dict[str, list[TableView]] = {}
    owners: dict[str, int] = {}
    users: dict[str, int] = {}
    for table in schema.tables:
        for entity in table.entities:
            entities.setdefault(entity.joined, []).append(table)
        for column in table.columns:
            users[column.words.joined] = users.get(column.words.joined, 0) + 1
        if table.columns:
            first = table.columns[0].words.joined
            owners[first] = owners.get(first, 0) + 1
    return NameUse(entities, owners, users)


def names_own_table(column: ColumnView) -> bool:
    """Whether a column is named after its own table, key suffix or not, or is a plain `id`."""
    return (
        is_generic(column.words)
        or is_generic(column.own)
        or any(entity.words in (column.words.stem, column.own.stem) for entity in column.table.entities)
    )


def is_generic(words: Words) -> bool:
    """Whether a name says no more than that it is a key."""
    return not words.stem or words.joined in weights().words["generic_keys"]


def is_translated(columns: tuple[ColumnView, ...]) -> bool:
    """Whether a table begins with these two columns, and the second says a language."""
    if len(columns) != 2 or [column.position for column in columns] != [0, 1]:
        return False
    return bool(weights().words["language_words"].intersection(columns[1].own.stem))


def key_candidates(table: TableView, use: NameUse) -> list[KeyCandidate]:
    """Return what may be the primary key of a table, single columns first, each set once."""
    found: dict[frozenset[str], KeyCandidate] = {}
    for columns in (*_singles(table), *_sets(table, use)):
        ordered = tuple(sorted(columns, key=lambda column: column.position))
        if 0 < len(ordered) <= _LARGEST:
            found.setdefault(frozenset(column.name for column in ordered), KeyCandidate(table, ordered))
    return list(found.values())


def _singles(table: TableView) -> Iterable[tuple[ColumnView, ...]]:
    listed = weights().words
    for column in table.columns:
        if column.type_class in (*_NEVER, TypeClass.DATE) or column.column.generated is not None:
            continue
        plausible = column.position == 0 or column.words.suffix or column.is_unique or names_own_table(column)
        if plausible or (column.position < 2 and column.words.joined not in listed["never_keys"]):
            yield (column,)


def _sets(table: TableView, use: NameUse) -> Iterable[tuple[ColumnView, ...]]:
    for key in table.keys:
        if len(key.columns) > 1:
            yield key.columns
    usable = [column for column in table.columns if column.type_class not in _NEVER]
    leading = usable[:_LARGEST]
    for size in range(2, len(leading) + 1):
        if all(column.position == position for position, column in enumerate(leading[:size])):
            yield tuple(leading[:size])
    references = [column for column in usable if use.refers(column) and not names_own_table(column)]
    ordering = [column for column in usable if _orders(column) and column not in references]
    for size in range(2, min(len(references), _LARGEST) + 1):
        yield tuple(references[:size])
    required = [column for column in references if not column.column.is_nullable]
    for size in range(2, min(len(required), _LARGEST) + 1):
        yield tuple(required[:size])
    for order in ordering[:3]:
        for size in range(1, min(len(references), _LARGEST - 1) + 1):
            yield (*references[:size], order)
        if usable[0] is not order:
            yield (usable[0], order)
    for column in references[1:4]:
        yield (usable[0], column)


def plays_a_part(column: ColumnView, use: NameUse) -> bool:
    """Whether a column could be one of several in a key: it refers, orders, says a language, or ends like a key."""
    if use.refers(column) or _orders(column) or column.words.suffix:
        return True
    return bool(weights().words["language_words"].intersection(column.own.stem))


def _orders(column: ColumnView) -> bool:
    listed = weights().words["order_words"]
    return column.type_class is TypeClass.DATE or any(word in listed for word in column.words.words[-2:])


def unique_parts(key: KeyCandidate, use: NameUse) -> list[int]:
    """Return, for each proper part of a set that rows show to be unique, over how many rows."""
    if not use.uniqueness:
        return []
    found = []
    for size in range(1, len(key.names)):
        for part in combinations(key.names, size):
            known = use.uniqueness.get((key.table.name, part))
            if known and known.rows > 1 and not known.duplicates and not known.nulls:
                found.append(known.rows)
    return found
