"""Finds foreign keys of several columns: tables that repeat all the columns of another table's composite key.

Looked up by the names of the key's columns, never table by table.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import takewhile

from onboard.catalog.structure import TableKind
from onboard.inference.measured import Inclusion
from onboard.inference.proposals import Measured
from onboard.inference.schema import ColumnView, KeyView, Schema, TableView
from onboard.inference.shared_terms import SharedTerms
from onboard.inference.type_classes import TypeClass
from onboard.inference.weights import weights

_MOST_COLUMNS = 6
_SHORTEST = 3  # name of a parent that tells
_FEWEST_KEYS = 3  # from which on a name can be in most of them


@dataclass(slots=True, eq=False)
class CompositeEdge:
    """Columns of a child that may refer, pair by pair, to the columns of a key."""

    child: tuple[ColumnView, ...]  # in the order of the key's columns
    parent: KeyView
    renamed: int  # pairs whose names differ
    has_role: bool = False  # a word before the name of the key's column says in which role: `from_stop_id`
    everywhere: frozenset[str] = frozenset()  # names that are in most composite keys
    root: float = 0.0  # of the other tables with such a primary key, the share that is named as parts of this one
    alike: int = 0  # first words that the names of both tables share, beyond those of most tables
    refers: int = 0  # columns of the key that themselves refer to other tables
    inclusion: Inclusion | None = None
    surprise: float = 0.0  # minus the decimal logarithm of the chance that its combinations are keys, at most 6
    parts: tuple[SharedTerms, ...] = ()  # what it has in common with others; this and the next by the score
    logit: float = 0.0

    table: TableView = field(init=False)  # the child's
    is_named_after: bool = field(init=False)  # the child's table, after the parent

    def __post_init__(self) -> None:
        self.table = self.child[0].table
        self.is_named_after = _is_named_after(self.table, self.parent.table)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the child's columns, in key order."""
        return tuple([column.name for column in self.child])

    @property
    def terms(self) -> dict[str, float]:
        """All terms together."""
        return {name: value for part in self.parts for name, value in part.terms.items()}


def _is_named_after(table: TableView, parent: TableView) -> bool:
    names = [entity.joined for entity in parent.entities if entity.joined in table.joined]
    return bool(names) and max(map(len, names)) >= _SHORTEST


@dataclass(slots=True, eq=False)
class CompositeChoice:
    """What one set of columns may refer to."""

    edges: list[CompositeEdge]
    measured: Measured = Measured.NAMES


class _Columns:
    """All columns by their words; tables are numbered in the order of their names."""

    def __init__(self, schema: Schema) -> None:
        self._by_words: dict[str, dict[int, ColumnView]] = defaultdict(dict)
        self._by_end: dict[str, dict[int, dict[str, ColumnView]]] = defaultdict(dict)
        ends = {
            name
            for table in schema.tables
            for key in table.keys
            if 1 < len(key.columns) <= _MOST_COLUMNS
            for part in key.columns
            for name in (part.own.joined, part.words.joined)
        }
        for number, table in enumerate(sorted(schema.tables, key=lambda table: table.name)):
            if table.table.kind is TableKind.FOREIGN:
                continue
            for column in table.columns:
                for words in (column.own, column.words):
                    self._by_words[words.joined].setdefault(number, column)
                    self._add_roles(number, column, words.words, ends)

    def _add_roles(self, number: int, column: ColumnView, words: tuple[str, ...], ends: AbstractSet[str]) -> None:
        for start in range(1, len(words)):
            end = "".join(words[start:])
            if end in ends:
                self._by_end[end].setdefault(number, {}).setdefault("".join(words[:start]), column)

    def called(self, names: Iterable[str]) -> list[dict[int, ColumnView]]:
        """Return by table the columns of each of these names that there is."""
        return [columns for name in names if (columns := self._by_words.get(name))]

    def having(self, names: Iterable[str], like: ColumnView, tables: Iterable[int]) -> dict[int, ColumnView]:
        """Return by table, of some, the column that has one of these names, the first name first, and the type."""
        found: dict[int, ColumnView] = {}
        for columns in reversed(self.called(names)):
            found.update({table: columns[table] for table in tables if table in columns})
        return {table: column for table, column in found.items() if column.type_class is like.type_class}

    def in_roles(self, part: ColumnView) -> dict[int, dict[str, ColumnView]]:
        """Return by table and role the columns whose names are a role and that of a key's column: `from_stop_id`."""
        found: dict[int, dict[str, ColumnView]] = {}
        for name in dict.fromkeys((part.own.joined, part.words.joined)) if part.own.stem else ():
            for table, columns in self._by_end.get(name, {}).items():
                fitting = {role: one for role, one in columns.items() if one.type_class is part.type_class}
                if fitting:
                    found[table] = {**fitting, **found.get(table, {})}
        return found


def composite_choices(schema: Schema) -> list[CompositeChoice]:
    """Return the choices of all sets of columns that repeat a composite key, measured by nothing yet."""
    columns = _Columns(schema)
    everywhere, roots = _in_most_keys(schema), _roots(schema)
    found: dict[frozenset[ColumnView], list[CompositeEdge]] = defaultdict(list)
    for table in schema.tables:
        has_single = any(len(key.columns) == 1 and key.is_primary for key in table.keys)
        for key in table.keys:
            if 1 < len(key.columns) <= _MOST_COLUMNS and (not has_single or _is_worth_it(key, table)):
                for edge in _edges(key, columns):
                    edge.everywhere = everywhere
                    edge.root = roots.get(id(key), 0.0)
                    edge.alike = max(0, _shared_words(edge.table.words, table.words) - schema.common_prefix)
                    found[frozenset(edge.child)].append(edge)
    return [CompositeChoice(edges) for edges in found.values()]


def _shared_words(ours: tuple[str, ...], theirs: tuple[str, ...]) -> int:
    pairs = zip(ours, theirs, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _is_worth_it(key: KeyView, table: TableView) -> bool:
    """Whether others may refer to a key of several columns although there is a primary key of one.

    It holds a smaller key, which makes no sense but for that, or one of its columns is named after the table.
    """
    names = set(key.names)
    if any(set(other.names) < names for other in table.keys):
        return True
    own = set(table.words)
    return key.is_declared and any(own.intersection(column.own.stem) for column in key.columns)


def _in_most_keys(schema: Schema) -> frozenset[str]:
    """Return the names that are part of most composite primary keys, such as a tenant's."""
    keys = [key for table in schema.tables for key in table.keys if key.is_primary and len(key.columns) > 1]
    names = Counter(name for key in keys for name in {column.own.joined for column in key.columns})
    return frozenset(name for name, count in names.items() if count >= _FEWEST_KEYS and 2 * count > len(keys))


def _roots(schema: Schema) -> dict[int, float]:
    """Return by `id` the first of the primary keys that have the same columns, and the share of the others that follow.

    Those follow it whose tables are named as its parts or kinds: `files(folder, name)`, `file_tags(folder, name)`.
    """
    by_names: dict[frozenset[str], list[KeyView]] = defaultdict(list)
    for table in schema.tables:
        for key in table.keys:
            if key.is_primary and len(key.columns) > 1:
                by_names[frozenset(column.own.joined for column in key.columns)].append(key)
    found: dict[int, float] = {}
    for keys in by_names.values():
        first = min(keys, key=lambda key: (len(key.table.words), key.table.name))
        parts = sum(_is_part_or_kind(key.table, first.table) for key in keys if key is not first)
        found[id(first)] = parts / (len(keys) - 1) if len(keys) > 1 else 1.0
    return found


def _is_part_or_kind(table: TableView, of: TableView) -> bool:
    ours = table.words
    named = (words for words in (of.words, *(entity.words for entity in of.entities)) if words)
    return any(ours[: len(words)] == words or ours[-len(words) :] == words for words in named)


def _edges(key: KeyView, columns: _Columns) -> Iterable[CompositeEdge]:
    if any(part.type_class is TypeClass.OTHER for part in key.columns):
        return
    parts = [columns.called(_names_in_child(key, part)) for part in key.columns]
    seen: set[tuple[ColumnView, ...]] = set()
    for table in sorted(_having_all(parts)):
        child = _child(key, parts, table)
        if child and child[0].table is not key.table and _may_refer(child, key) and not _is_own_row(child, key):
            seen.add(child)
            renamed = sum([_renamed(ours, theirs) for ours, theirs in zip(child, key.columns, strict=True)])
            yield CompositeEdge(child, key, renamed)
    for edge in _in_roles(key, columns):
        if edge.child not in seen:
            seen.add(edge.child)
            yield edge


def _in_roles(key: KeyView, columns: _Columns) -> Iterable[CompositeEdge]:
    """Yield the edges of columns of which one or more say a role: `moves(feed, from_stop)` and `stops(feed, stop)`."""
    roled = [columns.in_roles(part) for part in key.columns]
    tables = sorted(set().union(*roled))
    if not tables:
        return
    plain = [columns.having((part.own.joined, part.words.joined), part, tables) for part in key.columns]
    for table in tables:
        for role in sorted(set().union(*(part.get(table, ()) for part in roled))):
            pairs = zip(roled, plain, strict=True)
            found = [part.get(table, {}).get(role) or same.get(table) for part, same in pairs]
            child = tuple(column for column in found if column is not None)
            if len(child) == len(key.columns) and _may_refer(child, key):
                yield CompositeEdge(child, key, 0, has_role=True)


def _may_refer(child: tuple[ColumnView, ...], key: KeyView) -> bool:
    is_other = not _differ_by_number(child[0].table, key.table)
    return is_other and len(set(child)) == len(child) and not _is_declared(child) and child != key.columns


def _is_own_row(child: tuple[ColumnView, ...], key: KeyView) -> bool:
    """Whether an `id` is taken for another `id`, and nothing says that the rows of both tables are the same ones."""
    bare = (not ours.own.stem and not theirs.own.stem for ours, theirs in zip(child, key.columns, strict=True))
    return any(bare) and not _is_part_or_kind(child[0].table, key.table)


def _differ_by_number(one: TableView, other: TableView) -> bool:
    return bool(one.numbers and other.numbers and not one.numbers & other.numbers)


def _having_all(parts: Sequence[Sequence[Mapping[int, ColumnView]]]) -> AbstractSet[int]:
    """Return the tables that have a column for every part of a key."""
    having = [set().union(*names) if len(names) != 1 else names[0].keys() for names in parts]
    rarest, *others = sorted(having, key=len)
    for other in others:
        rarest = rarest & other
    return rarest


def _child(key: KeyView, parts: Sequence[Sequence[Mapping[int, ColumnView]]], table: int) -> tuple[ColumnView, ...]:
    """Return the columns of a table that answer to those of a key, by their first names; none where one is unlike."""
    found = []
    for theirs, names in zip(key.columns, parts, strict=True):
        ours = names[0].get(table) or next(columns[table] for columns in names if table in columns)
        if ours.type_class is not theirs.type_class:
            return ()
        found.append(ours)
    return tuple(found)


def _names_in_child(key: KeyView, part: ColumnView) -> list[str]:
    """Return what a column of a key is called elsewhere: by its name, the table's and its own, or the table's alone."""
    plain, by_table = [part.own.joined, part.words.joined], []
    is_bare = not part.own.stem or part.own.joined in weights().words["naming_columns"]
    for entity in key.table.entities:
        tails = [entity.words[start:] for start in range(len(entity.words))] if is_bare else [entity.words]
        for words in tails:
            by_table.append("".join(words) + part.own.joined)
            if is_bare:
                by_table.append("".join(words))  # `tract` for `tracts(map, id)`
        if len(entity.words) > 1:  # `bu_id` for `business_units(id)`
            by_table.append("".join(word[0] for word in entity.words) + part.own.joined)
    return [name for name in dict.fromkeys([*by_table, *plain] if is_bare else [*plain, *by_table]) if name]


def _renamed(ours: ColumnView, theirs: ColumnView) -> bool:
    if not theirs.own.stem and (ours.words.suffix == theirs.own.suffix or not ours.words.suffix):
        return False  # an `id` has the name of its table before it elsewhere, or is called by that alone
    names = (theirs.own.joined, theirs.words.joined)
    return ours.own.joined not in names and ours.words.joined not in names


def _is_declared(child: tuple[ColumnView, ...]) -> bool:
    declared = [set(key.columns) for key in child[0].table.table.foreign_keys if len(key.columns) == len(child)]
    return bool(declared) and {column.name for column in child} in declared
