"""Finds the columns of other tables that are called like those of a key of several columns, with a role or without.

Dozens of keys have the same column names (`document_no, line_no`), and all of them are answered to by the same columns.
These are found once for all such keys, so that of each key only that is asked which is its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from onboard.catalog.structure import TableKind
from onboard.inference.own_table import means_itself
from onboard.inference.schema import ColumnView, KeyView, Schema, TableView
from onboard.inference.weights import weights

_NUMBER = re.compile(r"[0-9]+")


@dataclass(slots=True, eq=False)
class Answering:
    """Columns of one table that answer, one by one, to those of some keys."""

    columns: tuple[ColumnView, ...]  # in the order of the keys' columns; each once
    renamed: int  # those whose names differ from the keys'
    kind: object  # the same for all columns of these names and types
    is_throughout: bool = False  # the same words stand before each of the names of the key
    table: TableView = field(init=False)
    distinct: frozenset[ColumnView] = field(init=False)

    def __post_init__(self) -> None:
        self.table = self.columns[0].table
        self.distinct = frozenset(self.columns)


_ByTable = Mapping[int, ColumnView]
_ByRole = dict[int, dict[str, ColumnView]]  # by table, and in it by role
_Part = tuple[ColumnView, tuple[str, ...]]  # a column of a key, and what else it is called
_Shape = tuple[object, ...]  # all that the names and types of a key's columns say about who answers to them


class AnsweringColumns:
    """The columns of all tables by their words; tables are numbered in the order of their names."""

    def __init__(self, schema: Schema, keys: Iterable[KeyView]) -> None:
        self._by_words: dict[str, dict[int, ColumnView]] = defaultdict(dict)
        self._by_end: dict[str, dict[int, dict[str, ColumnView]]] = defaultdict(dict)
        self._named: dict[_Shape, list[Answering]] = {}
        self._roled: dict[_Shape, list[Answering]] = {}
        self._kinds: dict[_Shape, int] = {}
        self._names = {key: [_names_in_child(key, part) for part in key.columns] for key in keys}
        self._sort(schema)

    def _sort(self, schema: Schema) -> None:
        """Keep the columns that any of the keys may ask for."""
        names = {name for parts in self._names.values() for part in parts for name in part}
        ends = {
            name for key in self._names for part in key.columns for name in (*_plainly(part), *_by_table(key, part))
        }
        roles: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for number, table in enumerate(sorted(schema.tables, key=lambda table: table.name)):
            if table.table.kind is TableKind.FOREIGN:
                continue
            for column in table.columns:
                for words in (column.own, column.words) if column.own is not column.words else (column.words,):
                    if words.joined in names:
                        self._by_words[words.joined].setdefault(number, column)
                    found = roles.get(words.words)
                    if found is None:
                        found = roles[words.words] = _roles(words.words, ends)
                    numbers = "".join(_NUMBER.findall(column.name)) if found else ""
                    for end, role in found:
                        if role != table.column_prefix:
                            self._by_end[end].setdefault(number, {}).setdefault(role + numbers, column)

    def named_like(self, key: KeyView) -> Sequence[Answering]:
        """Return the columns that are called like those of a key, or that and its table, by table."""
        parts = [[columns for name in names if (columns := self._by_words.get(name))] for names in self._names[key]]
        shape = tuple(
            (tuple(map(id, names)), part.type_class, part.own.joined, part.words.joined, part.own.stem, part.own.suffix)
            for names, part in zip(parts, key.columns, strict=True)
        )
        known = self._named.get(shape)
        if known is None:
            known = self._named[shape] = []
            found = [_child(key, parts, table) for table in sorted(_having_all(parts))]
            renamed: dict[int, int] = {}
            for child in filter(_may_refer, found):
                kind = self._kind(child)
                if kind not in renamed:
                    renamed[kind] = _count_renamed(child, key)
                known.append(Answering(child, renamed[kind], kind))
        return known

    def in_roles(self, key: KeyView) -> Sequence[Answering]:
        """Return the columns of which one or more say a role: `moves(feed, from_stop)` and `stops(feed, stop)`."""
        parts = [(part, tuple(_by_table(key, part))) for part in key.columns]
        shape = tuple((part.type_class, part.own.joined, part.words.joined, called) for part, called in parts)
        known = self._roled.get(shape)
        if known is None:
            found: dict[tuple[ColumnView, ...], bool] = {}
            for child, is_throughout in self._children_in_roles(parts):
                if _may_refer(child):
                    found.setdefault(child, is_throughout)
            known = self._roled[shape] = [
                Answering(child, 0, self._kind(child), is_throughout) for child, is_throughout in found.items()
            ]
        return known

    def in_own_table(self, key: KeyView) -> Iterable[Answering]:
        """Yield the columns of a key's own table that mean another row of it: `(tenant_id, parent_id)`."""
        table = key.table
        telling = [place for place, part in enumerate(key.columns) if _means_row(part)]
        for place in telling if len(telling) == 1 else ():
            for column in table.columns:
                is_fit = column.type_class is key.columns[place].type_class and column not in key.columns
                if is_fit and column.own.stem and means_itself(table, column.own.stem):
                    child = (*key.columns[:place], column, *key.columns[place + 1 :])
                    if _may_refer(child):
                        yield Answering(child, 0, self._kind(child))

    def _kind(self, child: tuple[ColumnView, ...]) -> int:
        kind = tuple([part for column in child for part in (column.words, column.own, column.column.type.sql)])
        return self._kinds.setdefault(kind, len(self._kinds))

    def _children_in_roles(self, parts: Sequence[_Part]) -> Iterable[tuple[tuple[ColumnView, ...], bool]]:
        stems = [self._by_role(part, _plainly(part)) if part.own.stem else {} for part, _ in parts]
        by_table = [self._by_role(part, called) for part, called in parts]
        whole = self._in_one_role_throughout(parts, stems)
        tables = sorted(set().union(*stems, *by_table))
        plain = [self._having(_plainly(part), part, tables) for part, _ in parts] if tables else []
        for table in sorted({*tables, *whole}):
            yield from ((child, True) for child in whole.get(table, ()))
            taken = {column for child in whole.get(table, ()) for column in child}
            same = [columns.get(table) for columns in plain]
            for roles in (stems, by_table):
                for child in _in_one_role([said.get(table, {}) for said in roles], same):
                    if taken.isdisjoint(child):
                        yield child, False

    def _in_one_role_throughout(
        self, parts: Sequence[_Part], stems: Sequence[_ByRole]
    ) -> Mapping[int, Sequence[tuple[ColumnView, ...]]]:
        """Return by table the columns that all say one role: `body_authority, body_code`."""
        tables: AbstractSet[int] | None = None
        for (part, _), said in zip(parts, stems, strict=True):
            if part.own.stem:
                tables = said.keys() if tables is None else tables & said.keys()
        every = [
            roles if part.own.stem else self._by_role(part, _plainly(part), tables)
            for (part, _), roles in zip(parts, stems, strict=True)
        ]
        found: dict[int, list[tuple[ColumnView, ...]]] = {}
        for table in every[0].keys() & every[1].keys():
            columns = [roles.get(table, {}) for roles in every]
            for role in sorted(set(columns[0]).intersection(*columns[1:])):
                found.setdefault(table, []).append(tuple(one[role] for one in columns))
        return found

    def _having(self, names: Iterable[str], like: ColumnView, tables: Iterable[int]) -> _ByTable:
        """Return by table, of some, the column that has one of these names, the first name first, and the type."""
        found: dict[int, ColumnView] = {}
        for columns in reversed([columns for name in names if name and (columns := self._by_words.get(name))]):
            found.update({table: columns[table] for table in tables if table in columns})
        return {table: column for table, column in found.items() if column.type_class is like.type_class}

    def _by_role(self, part: ColumnView, names: Iterable[str], tables: AbstractSet[int] | None = None) -> _ByRole:
        """Return, of some tables or all, the columns whose names are a role and one of the names: `from_stop_id`."""
        found: _ByRole = {}
        for name in names:
            having = self._by_end.get(name, {})
            for table in having if tables is None else having.keys() & tables:
                fitting = {role: one for role, one in having[table].items() if one.type_class is part.type_class}
                if fitting:
                    found[table] = {**fitting, **found.get(table, {})}
        return found


def _in_one_role(
    said: Sequence[Mapping[str, ColumnView]], same: Sequence[ColumnView | None]
) -> Iterable[tuple[ColumnView, ...]]:
    """Yield for each role the columns that say it, and in the other places those that are called like the key's."""
    for role in sorted(set().union(*said)):
        found = [one.get(role) or plain for one, plain in zip(said, same, strict=True)]
        child = tuple(column for column in found if column is not None)
        if len(child) == len(said):
            yield child


def _plainly(part: ColumnView) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (part.own.joined, part.words.joined) if name))


def _by_table(key: KeyView, part: ColumnView) -> Iterable[str]:
    """Yield what a column without a stem is called elsewhere: the name of its table before it."""
    if not part.own.stem:
        for entity in key.table.entities:
            yield entity.joined + part.own.joined


def _roles(words: tuple[str, ...], ends: AbstractSet[str]) -> list[tuple[str, str]]:
    """Return each end of a name that a key's column has, and what stands before it."""
    parts = (("".join(words[start:]), "".join(words[:start])) for start in range(1, len(words)))
    return [(end, role) for end, role in parts if end in ends]


def _having_all(parts: Sequence[Sequence[_ByTable]]) -> AbstractSet[int]:
    """Return the tables that have a column for every part of a key."""
    having = [set().union(*names) if len(names) != 1 else names[0].keys() for names in parts]
    rarest, *others = sorted(having, key=len)
    for other in others:
        rarest = rarest & other
    return rarest


def _child(key: KeyView, parts: Sequence[Sequence[_ByTable]], table: int) -> tuple[ColumnView, ...]:
    """Return the columns of a table that answer to those of a key, by their first names; none where one is unlike."""
    found = []
    for theirs, names in zip(key.columns, parts, strict=True):
        ours = names[0].get(table) or next(columns[table] for columns in names if table in columns)
        if ours.type_class is not theirs.type_class:
            return ()
        found.append(ours)
    return tuple(found)


def _may_refer(child: tuple[ColumnView, ...]) -> bool:
    return bool(child) and len(set(child)) == len(child) and not _is_declared(child)


def _means_row(part: ColumnView) -> bool:
    """Whether a column of a key tells the rows of its table apart, as `id` and `stop_id` of `stops` do."""
    stem = part.own.stem
    return not stem or any(stem == entity.words for entity in part.table.entities)


def _is_declared(child: tuple[ColumnView, ...]) -> bool:
    declared = [set(key.columns) for key in child[0].table.table.foreign_keys if len(key.columns) == len(child)]
    return bool(declared) and {column.name for column in child} in declared


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
    return [name for name in dict.fromkeys([*by_table, *reversed(plain)] if is_bare else [*plain, *by_table]) if name]


def _count_renamed(child: tuple[ColumnView, ...], key: KeyView) -> int:
    return sum([_renamed(ours, theirs) for ours, theirs in zip(child, key.columns, strict=True)])


def _renamed(ours: ColumnView, theirs: ColumnView) -> bool:
    if not theirs.own.stem and (ours.words.suffix == theirs.own.suffix or not ours.words.suffix):
        return False  # an `id` has the name of its table before it elsewhere, or is called by that alone
    names = (theirs.own.joined, theirs.words.joined)
    return ours.own.joined not in names and ours.words.joined not in names
