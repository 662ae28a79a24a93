"""The Catalog as inference looks at it: tables as entities, columns as words, keys as things that can be referred to.

Only columns of a type that a key can have are kept. These records are built once, in bulk, and never change
after `read_schema` except for `keys`, which holds what is declared and what the primary-key stage proposes;
they are not frozen because freezing costs a third of the time at five thousand tables.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from enum import Enum

from onboard.catalog.structure import Catalog, Column, Table, TableKind, TableName
from onboard.inference.copies import mark_copies
from onboard.inference.entities import (
    SHORTEST_CALL,
    Entity,
    Prefixes,
    entity_of,
    shared_letters,
    shared_prefix,
    spelled,
)
from onboard.inference.naming import NameReader, Words, vocabulary
from onboard.inference.singular import singular
from onboard.inference.type_classes import TypeClass, TypeClasses
from onboard.inference.weights import weights

_NUMBER = re.compile(r"[0-9]+")


@dataclass(slots=True, eq=False)
class ColumnView:
    """A column that could be part of a key."""

    table: TableView
    column: Column
    position: int
    type_class: TypeClass
    words: Words
    own: Words  # without the prefix that the columns of its table share
    is_indexed: bool = False  # the first column of an index
    is_in_index: bool = False  # any column of one
    is_unique: bool = False  # alone: a declared key, or a plain unique index
    in_primary_key: bool = False  # declared
    is_called_as_usual: bool = False  # most primary keys have its name, such as `id`, or it says nothing
    name: str = field(init=False)  # as the database spells it; stored, as it is read a million times

    def __post_init__(self) -> None:
        self.name = self.column.name


class KeyName(Enum):
    """What the name of a single-column key says."""

    OWN = "own"  # plain, such as `id`, or with words of its own table
    OTHER = "other"  # the name of another table
    NOTHING = "nothing"


@dataclass(slots=True, eq=False)
class KeyView:
    """Columns of a table that other columns can refer to."""

    table: TableView
    columns: tuple[ColumnView, ...]
    is_primary: bool  # else another unique key
    is_declared: bool
    confidence: float = 1.0  # of a key that is not declared
    is_preferred: bool = True  # of the keys of its table, the one that others would refer to
    named_after: KeyName = KeyName.NOTHING
    is_alone_so_named: bool = True  # no other key of one column has its name
    is_outnamed: bool = False  # the name fits the table of another key of that name better
    names: tuple[str, ...] = field(init=False)  # of its columns
    only: ColumnView = field(init=False)  # the column of a key of one column

    def __post_init__(self) -> None:
        self.names = tuple(column.name for column in self.columns)
        self.only = self.columns[0]

    @property
    def numbers_rows(self) -> bool:
        """Whether it is of one column and stands for the row: primary, or a unique number drawn from a sequence."""
        column = self.only.column
        return len(self.columns) == 1 and (self.is_primary or bool(column.identity or column.sequence))


@dataclass(slots=True, eq=False)
class TableView:
    """A table as an entity."""

    table: Table
    words: tuple[str, ...]  # of its name, singular
    entities: tuple[Entity, ...]  # what the name may mean, the most literal first
    is_lifeless: bool  # a log, history, backup or the like
    in_lifeless_module: bool = False  # and says so by a prefix that other tables have too
    column_prefix: str = ""  # that nearly all its columns begin with
    is_copy: bool = False  # has the columns and the name of another table, and more words
    columns: list[ColumnView] = field(default_factory=list)
    by_name: dict[str, ColumnView] = field(default_factory=dict)
    keys: list[KeyView] = field(default_factory=list)
    name: TableName = field(init=False)
    joined: str = field(init=False)  # its words run together
    spelled: str = field(init=False)  # its words between spaces
    numbers: frozenset[str] = field(init=False)  # in its name: 4 of `dhcp4_hosts`
    all_words: frozenset[str] = field(init=False)  # of its name, and of what that may mean
    column_names: frozenset[str] = frozenset()  # the words of each column, run together
    column_stems: frozenset[str] = frozenset()  # and without the key suffixes

    def __post_init__(self) -> None:
        self.all_words = frozenset([*self.words, *[word for entity in self.entities for word in entity.words]])
        self.name = self.table.name
        self.joined = "".join(self.words)
        self.spelled = spelled(self.words)
        self.numbers = frozenset(_NUMBER.findall(self.name.name))


@dataclass(slots=True, eq=False)
class Schema:
    """All tables, and the reader of names that fits them."""

    engine: str
    tables: list[TableView]
    by_name: dict[TableName, TableView]
    reader: NameReader
    common_prefix: int = 0  # words that most tables start with
    open_columns: list[ColumnView] | None = None  # see `foreign_keys`, which is asked for them at every stage

    def forget(self) -> None:
        """Take the views apart, which refer to each other in circles, so that no cycle collector has to find them."""
        for table in self.tables:
            table.columns.clear()
            table.by_name.clear()
            table.keys.clear()


def read_schema(catalog: Catalog) -> Schema:
    """Return the tables of a Catalog with their words and their declared keys; views are left out."""
    tables = [table for table in catalog.tables if not table.is_view]
    reader = NameReader(
        vocabulary(
            (table.name.name for table in tables),
            (column.name for table in tables for column in table.columns),
        )
    )
    names = [_table_words(reader, table.name.name) for table in tables]
    prefixes = Prefixes(names)
    schemas = len({table.name.schema for table in tables})
    classes = TypeClasses(catalog.engine)
    views = [
        _table_view(classes, reader, prefixes, table, words, schemas)
        for table, words in zip(tables, names, strict=True)
    ]
    mark_copies(views)
    _call_by_prefix(views)
    _keep_shared_numbers(views)
    _find_usual_key_name(views)
    return Schema(catalog.engine, views, {view.name: view for view in views}, reader, prefixes.common)


def _call_by_prefix(views: Sequence[TableView]) -> None:
    """Let a table be called by the prefix that its columns alone have: `std_acc` means that of `acc_id`, `acc_name`."""
    named = {entity.joined for view in views for entity in view.entities}
    for telling_nothing in ("flag_prefixes", "key_suffixes", "people_tables"):
        named |= weights().words[telling_nothing]
    counts = Counter(view.column_prefix for view in views)
    for view in views:
        prefix = view.column_prefix
        if len(prefix) >= SHORTEST_CALL and counts[prefix] == 1 and prefix not in named:
            view.entities += (entity_of((prefix,)),)
            view.all_words |= {prefix}


def _keep_shared_numbers(views: Sequence[TableView]) -> None:
    """Forget the numbers in names that no other table has: a running number sets no tables apart."""
    counts = Counter(number for view in views for number in view.numbers)
    for view in views:
        view.numbers = frozenset(number for number in view.numbers if counts[number] > 1)


def _find_usual_key_name(views: Sequence[TableView]) -> None:
    """Note which primary keys of one column are called like most of them, or like nothing: `id`, `row_id`."""
    keys = [key.only for view in views for key in view.keys if key.is_primary and len(key.columns) == 1]
    counts = Counter(column.words.joined for column in keys)
    for column in keys:
        is_usual = 2 * counts[column.words.joined] > len(keys) and counts[column.words.joined] > 1
        column.is_called_as_usual = is_usual or not column.words.stem


def _table_words(reader: NameReader, name: str) -> tuple[str, ...]:
    words = reader.read(name)
    return (*words.stem, singular(words.suffix)) if words.suffix else words.stem


def _table_view(
    classes: TypeClasses, reader: NameReader, prefixes: Prefixes, table: Table, words: tuple[str, ...], schemas: int
) -> TableView:
    entities = prefixes.entities(words)
    if schemas > 1:
        entities += (
            entity_of((*_table_words(reader, table.name.schema), *words)),
        )  # `category_role_id`: categories.roles
    read = [reader.read(column.name) for column in table.columns]
    shared = shared_prefix(read)
    letters = "" if shared else shared_letters([column.name for column in table.columns])
    view = TableView(
        table, words, entities, _is_lifeless(words), prefixes.is_module(words), column_prefix=shared or letters
    )
    own = [_own(reader, *pair, shared, letters) for pair in zip(table.columns, read, strict=True)]
    unique = _unique_columns(table)
    _add_columns(view, classes, zip(read, own, strict=True), {key.columns for key in unique})
    view.keys.extend(_declared_keys(view, unique))
    return view


def _is_lifeless(words: tuple[str, ...]) -> bool:
    """Whether the name of a table says that what it holds is over: a history, a copy, deleted rows."""
    lifeless, past = weights().words["lifeless_tables"], weights().words["past_words"]
    is_past = any(word in past for word in words)  # wherever it stands: `deleted_items`
    return is_past or any(word in lifeless for word in words[1:] or words)


def _own(reader: NameReader, column: Column, words: Words, shared: str, letters: str) -> Words:
    """Return the words of a column's name without the prefix, or the letters, that those of its table share."""
    if shared and words.words[:1] == (shared,):
        return reader.read_parts(words.words[1:])
    if letters and len(column.name) > len(letters) and column.name.lower().startswith(letters):
        return reader.read(column.name[len(letters) :])
    return words


def _add_columns(
    view: TableView, classes: TypeClasses, read: Iterable[tuple[Words, Words]], unique: Set[tuple[str, ...]]
) -> None:
    table = view.table
    indexed = {index.parts[0].column for index in table.indexes if index.parts}
    in_index = {part.column for index in table.indexes for part in index.parts}
    key_columns = set(table.primary_key.columns) if table.primary_key else set()
    for position, (column, (words, own)) in enumerate(zip(table.columns, read, strict=True)):
        name = column.name
        made = ColumnView(
            view,
            column,
            position,
            classes.of(column.type),
            words,
            own,
            name in indexed,
            name in in_index,
            (name,) in unique,
            name in key_columns,
        )
        view.columns.append(made)
        view.by_name[name] = made
    view.column_names = frozenset([column.words.joined for column in view.columns])
    view.column_stems = frozenset([column.words.stem_joined for column in view.columns])


@dataclass(frozen=True, slots=True)
class _Unique:
    columns: tuple[str, ...]
    is_primary: bool


def _unique_columns(table: Table) -> list[_Unique]:
    found: dict[tuple[str, ...], _Unique] = {}
    if table.primary_key:
        found[table.primary_key.columns] = _Unique(table.primary_key.columns, True)
    for key in table.uniques:
        found.setdefault(key.columns, _Unique(key.columns, False))
    for index in table.indexes:
        if index.is_unique and index.is_plain and index.parts:
            found.setdefault(index.columns, _Unique(index.columns, False))
    return list(found.values())


def _declared_keys(view: TableView, unique: Iterable[_Unique]) -> Iterable[KeyView]:
    if view.table.kind is TableKind.FOREIGN and not view.table.primary_key:
        return
    for key in unique:
        columns = tuple(view.by_name[name] for name in key.columns if name in view.by_name)
        if len(columns) == len(key.columns):
            yield KeyView(view, columns, key.is_primary, is_declared=True)


def own_key_name(column: ColumnView) -> KeyName | None:
    """What the name of a column says that is alone the primary key of its table; None where it is not."""
    for key in column.table.keys:
        if key.only is column and key.is_primary and len(key.columns) == 1:
            return key.named_after
    return None
