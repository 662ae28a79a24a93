"""Finds foreign keys of several columns: tables that repeat all the columns of another table's composite key.

Looked up by the names of the key's columns, never table by table.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from onboard.catalog.structure import TableKind
from onboard.inference.measured import Inclusion
from onboard.inference.proposals import Measured
from onboard.inference.schema import ColumnView, KeyView, Schema, TableView
from onboard.inference.type_classes import TypeClass

_MOST_COLUMNS = 6
_FEWEST_KEYS = 3  # from which on a name can be in most of them


@dataclass(slots=True, eq=False)
class CompositeEdge:
    """Columns of a child that may refer, pair by pair, to the columns of a key."""

    child: tuple[ColumnView, ...]  # in the order of the key's columns
    parent: KeyView
    renamed: int  # pairs whose names differ
    everywhere: frozenset[str] = frozenset()  # names that are in most composite keys
    refers: int = 0  # columns of the key that themselves refer to other tables
    inclusion: Inclusion | None = None
    surprise: float = 0.0  # minus the decimal logarithm of the chance that its combinations are keys, at most 6
    terms: dict[str, float] = field(default_factory=dict)
    logit: float = 0.0

    names: tuple[str, ...] = field(init=False)  # of the child's columns, in key order
    table: TableView = field(init=False)  # the child's

    def __post_init__(self) -> None:
        self.names = tuple(column.name for column in self.child)
        self.table = self.child[0].table


@dataclass(slots=True, eq=False)
class CompositeChoice:
    """What one set of columns may refer to."""

    edges: list[CompositeEdge]
    measured: Measured = Measured.NAMES


class _Columns:
    """All columns by their words; tables are numbered in the order of their names."""

    def __init__(self, schema: Schema) -> None:
        self._by_words: dict[str, dict[int, ColumnView]] = defaultdict(dict)
        for number, table in enumerate(sorted(schema.tables, key=lambda table: table.name)):
            if table.table.kind is TableKind.FOREIGN:
                continue
            for column in table.columns:
                for words in (column.own, column.words):
                    self._by_words[words.joined].setdefault(number, column)

    def having(self, names: Iterable[str], like: ColumnView, tables: Iterable[int] | None) -> dict[int, ColumnView]:
        """Return by table (of all, or of some) the column that has one of these names, the first name first.

        Those of another type than `like` are left out, and their tables with them.
        """
        found: dict[int, ColumnView] = {}
        for name in names:
            columns = self._by_words.get(name, {})
            if tables is None:
                found = {**columns, **found}
            else:
                found = {**{table: columns[table] for table in tables if table in columns}, **found}
        return {table: column for table, column in found.items() if column.type_class is like.type_class}


def composite_choices(schema: Schema) -> list[CompositeChoice]:
    """Return the choices of all sets of columns that repeat a composite key, measured by nothing yet."""
    columns = _Columns(schema)
    everywhere = _in_most_keys(schema)
    found: dict[tuple[int, frozenset[str]], list[CompositeEdge]] = defaultdict(list)
    for table in schema.tables:
        has_single = any(len(key.columns) == 1 and key.is_primary for key in table.keys)
        for key in table.keys:
            if 1 < len(key.columns) <= _MOST_COLUMNS and (not has_single or _is_worth_it(key, table)):
                for edge in _edges(key, columns):
                    edge.everywhere = everywhere
                    found[id(edge.table), frozenset(edge.names)].append(edge)
    return [CompositeChoice(edges) for edges in found.values()]


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


def _edges(key: KeyView, columns: _Columns) -> Iterable[CompositeEdge]:
    parts: list[dict[int, ColumnView]] = []
    for part in key.columns:
        if part.type_class is TypeClass.OTHER:
            return
        parts.append(columns.having(_names_in_child(key, part), part, parts[-1] if parts else None))
    for table in sorted(parts[-1]):
        child = tuple([part[table] for part in parts])
        if child[0].table is key.table or len(set(child)) < len(child) or _is_declared(child):
            continue
        renamed = sum([_renamed(ours, theirs) for ours, theirs in zip(child, key.columns, strict=True)])
        yield CompositeEdge(child, key, renamed)


def _names_in_child(key: KeyView, part: ColumnView) -> list[str]:
    names = [part.own.joined, part.words.joined]
    for entity in key.table.entities:
        names.append(entity.joined + part.own.joined)
        if len(entity.words) > 1:  # `bu_id` for `business_units(id)`
            names.append("".join(word[0] for word in entity.words) + part.own.joined)
    return list(dict.fromkeys(names))


def _renamed(ours: ColumnView, theirs: ColumnView) -> bool:
    if not theirs.own.stem and ours.words.suffix == theirs.own.suffix:
        return False  # an `id` has the name of its table before it elsewhere
    names = (theirs.own.joined, theirs.words.joined)
    return ours.own.joined not in names and ours.words.joined not in names


def _is_declared(child: tuple[ColumnView, ...]) -> bool:
    declared = [key for key in child[0].table.table.foreign_keys if len(key.columns) == len(child)]
    return any(set(key.columns) == {column.name for column in child} for key in declared)
