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
from onboard.inference.shared_terms import NOTHING, SharedTerms, TermSets
from onboard.inference.type_classes import TypeClass
from onboard.inference.weights import weights

_LARGEST = 5  # columns in a proposed key
_NEVER = (TypeClass.OTHER,)


@dataclass(slots=True, eq=False)
class KeyCandidate:
    """Columns that may be the primary key of their table. `seen` and `logit` are filled by the score."""

    table: TableView
    columns: tuple[ColumnView, ...]  # in table order
    seen: SharedTerms = NOTHING
    logit: float = 0.0

    names: tuple[str, ...] = field(init=False)  # of its columns

    def __post_init__(self) -> None:
        self.names = tuple([column.name for column in self.columns])

    @property
    def terms(self) -> dict[str, float]:
        """What the signals see."""
        return self.seen.terms


@dataclass(slots=True, eq=False)
class NameUse:
    """How names are used over the whole schema."""

    entities: dict[str, list[TableView]]  # what tables may mean, run together
    owners: dict[str, int]  # column name -> tables whose first column has it
    users: dict[str, int]  # column name -> tables that have it
    uniqueness: Mapping[tuple[TableName, tuple[str, ...]], Uniqueness] = field(default_factory=dict)
    term_sets: dict[tuple[bool, bool], TermSets] = field(default_factory=dict)  # see `key_score`
    said: dict[ColumnView, tuple[float, ...]] = field(default_factory=dict)  # of columns of sets, see `key_score`
    _refers: dict[ColumnView, bool] = field(default_factory=dict)  # asked by many signals, as are the next two
    _names_own: dict[ColumnView, bool] = field(default_factory=dict)
    _only_refers: dict[ColumnView, bool] = field(default_factory=dict)

    def refers(self, column: ColumnView) -> bool:
        """Whether the name of a column leads to another table."""
        known = self._refers.get(column)
        if known is None:
            both = (column.words,) if column.own is column.words else (column.words, column.own)
            known = self._refers[column] = any(self._leads_elsewhere(words, column.table) for words in both)
        return known

    def names_own(self, column: ColumnView) -> bool:
        """Whether a column is named after its own table."""
        known = self._names_own.get(column)
        if known is None:
            known = self._names_own[column] = names_own_table(column)
        return known

    def only_refers(self, column: ColumnView) -> bool:
        """Whether the name of a column leads to another table and is not that of its own."""
        known = self._only_refers.get(column)
        if known is None:
            known = self._only_refers[column] = self.refers(column) and not self.names_own(column)
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
    words, own = column.words, column.own
    if is_generic(words) or is_generic(own):
        return True
    entities = [entity.words for entity in column.table.entities]
    return words.stem in entities or own.stem in entities


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
    found: dict[frozenset[ColumnView], KeyCandidate] = {}
    for columns in (*_singles(table, use), *_sets(table, use)):
        distinct = frozenset(columns)
        if 0 < len(columns) <= _LARGEST and distinct not in found:
            found[distinct] = KeyCandidate(table, tuple(sorted(columns, key=lambda column: column.position)))
    return list(found.values())


def _singles(table: TableView, use: NameUse) -> Iterable[tuple[ColumnView, ...]]:
    listed = weights().words
    for column in table.columns:
        if column.type_class in (*_NEVER, TypeClass.DATE) or column.column.generated is not None:
            continue
        plausible = column.position == 0 or column.words.suffix or column.is_unique or use.names_own(column)
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
    references = [column for column in usable if use.only_refers(column)]
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
