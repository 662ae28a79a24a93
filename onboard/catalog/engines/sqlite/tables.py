"""What pragmas and DDL say of one table or view -> Table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onboard.catalog.engines.sqlite.declared_type import column_type
from onboard.catalog.engines.sqlite.index_sql import IndexSql, read_index_sql
from onboard.catalog.engines.sqlite.rows import ColumnRow, ForeignKeyRow, IndexPartRow, IndexRow, Relation
from onboard.catalog.engines.sqlite.table_sql import Reference, TableSql
from onboard.catalog.engines.sqlite.tokens import TokenKind, tokens
from onboard.catalog.structure import Check, Column, ForeignKey, Index, IndexPart, Key, Table, TableKind, TableName


@dataclass(frozen=True, slots=True)
class Parts:
    """All that was read of one table."""

    relation: Relation
    said: TableSql
    columns: list[ColumnRow]
    indexes: list[IndexRow]
    foreign_keys: list[ForeignKeyRow]
    triggers: tuple[str, ...] = ()

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The columns of the primary key, in key order."""
        return tuple(row.name for row in sorted(self.columns, key=lambda row: row.key_place) if row.key_place)


def as_table(parts: Parts, parents: Mapping[str, Parts], statements: Mapping[str, str]) -> Table:
    """Return the table; `parents` holds every table of the file by lower-cased name."""
    keys = _keys(parts)
    return Table(
        name=TableName("main", parts.relation.name),
        kind=TableKind.TABLE,
        columns=tuple(_column(row, parts) for row in parts.columns if row.hidden != 1),
        primary_key=_primary_key(parts),
        uniques=tuple(sorted(keys.values(), key=lambda key: (key.name, key.columns))),
        foreign_keys=_foreign_keys(parts, parents),
        checks=_checks(parts),
        indexes=tuple(_index(row, parts, keys, statements) for row in parts.indexes),
        triggers=parts.triggers,
        is_strict=parts.said.is_strict,
        is_without_rowid=parts.said.is_without_rowid,
        definition=parts.relation.sql,
    )


def _rowid_alias(parts: Parts) -> str | None:
    """Return the column that is the rowid itself: `INTEGER PRIMARY KEY`, which needs no index of its own.

    `INTEGER PRIMARY KEY DESC` is, by an old mistake that SQLite keeps, an ordinary column with an index.
    """
    if len(parts.key_columns) != 1 or any(index.origin == "pk" for index in parts.indexes):
        return None
    name = parts.key_columns[0]
    declared = next(row.declared for row in parts.columns if row.name == name)
    return name if declared.upper() == "INTEGER" else None


def _column(row: ColumnRow, parts: Parts) -> Column:
    generated = _by_name(parts.said.generated, row.name) if row.hidden in (2, 3) else None
    collation = _by_name(parts.said.collations, row.name)
    return Column(
        name=row.name,
        type=column_type(row.declared),
        is_nullable=not (row.is_not_null or row.key_place),
        default=None if row.hidden in (2, 3) else row.default,
        identity="by default" if row.name == _rowid_alias(parts) else "",
        generated=generated,
        is_stored=row.hidden != 2,
        collation=collation if collation and collation.upper() != "BINARY" else None,
    )


def _by_name(found: Mapping[str, str], name: str) -> str | None:
    return next((value for key, value in found.items() if key.lower() == name.lower()), None)


def _primary_key(parts: Parts) -> Key | None:
    if not parts.key_columns:
        return None
    return Key(name=parts.said.primary_key.name if parts.said.primary_key else "", columns=parts.key_columns)


def _keys(parts: Parts) -> dict[str, Key]:
    """Return the unique constraints by the name of their index, with the names that the DDL gives them."""
    named = list(parts.said.uniques)
    keys: dict[str, Key] = {}
    for index in parts.indexes:
        if index.origin != "u":
            continue
        columns = tuple(part.column for part in index.parts if part.column is not None)
        match = next((key for key in named if _same(key.columns, columns)), None)
        if match:
            named.remove(match)
        keys[index.name] = Key(name=match.name if match else "", columns=columns)
    return keys


def _same(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return [name.lower() for name in some] == [name.lower() for name in others]


def _checks(parts: Parts) -> tuple[Check, ...]:
    found = []
    for name, expression in parts.said.checks:
        words = {t.name.lower() for t in tokens(expression) if t.kind in (TokenKind.WORD, TokenKind.QUOTED)}
        mentioned = tuple(row.name for row in parts.columns if row.name.lower() in words)
        found.append(Check(name=name, expression=expression, columns=mentioned))
    return tuple(sorted(found, key=lambda check: (check.name, check.expression)))


def _foreign_keys(parts: Parts, parents: Mapping[str, Parts]) -> tuple[ForeignKey, ...]:
    references = list(parts.said.references)
    spelled = {row.name.lower(): row.name for row in parts.columns}
    found = []
    for row in parts.foreign_keys:
        parent = parents.get(row.table.lower())
        referenced = _referenced(row, parent)
        said = next((one for one in references if _same(one.columns, row.columns)), Reference("", (), False, False))
        if said in references:
            references.remove(said)
        if len(referenced) != len(row.columns):
            continue  # it names no column and its parent is missing: there is nothing it could point to
        found.append(
            ForeignKey(
                name=said.name,
                columns=tuple(spelled.get(name.lower(), name) for name in row.columns),
                references=TableName("main", parent.relation.name if parent else row.table),
                referenced_columns=referenced,
                on_delete=row.on_delete.lower(),
                on_update=row.on_update.lower(),
                is_deferrable=said.is_deferrable,
                is_initially_deferred=said.is_initially_deferred,
            )
        )
    return tuple(sorted(found, key=lambda key: (key.name, key.columns, key.references)))


def _referenced(row: ForeignKeyRow, parent: Parts | None) -> tuple[str, ...]:
    given = tuple(name for name in row.referenced if name is not None)
    if parent is None:
        return given
    spelled = {column.name.lower(): column.name for column in parent.columns}
    return tuple(spelled.get(name.lower(), name) for name in given) or parent.key_columns


def _index(row: IndexRow, parts: Parts, keys: Mapping[str, Key], statements: Mapping[str, str]) -> Index:
    sql = statements.get(row.name, "")
    said = read_index_sql(sql) if sql else IndexSql((), None)
    key = keys.get(row.name)
    return Index(
        name=row.name,
        parts=tuple(_index_part(part, place, parts, said) for place, part in enumerate(row.parts)),
        predicate=said.predicate,
        is_unique=row.is_unique,
        # A constraint without a name is known by the index that SQLite made for it.
        constraint=((key.name if key else _primary_name(parts)) or row.name) if row.origin != "c" else None,
        definition=sql,
    )


def _primary_name(parts: Parts) -> str:
    return parts.said.primary_key.name if parts.said.primary_key else ""


def _index_part(part: IndexPartRow, place: int, parts: Parts, said: IndexSql) -> IndexPart:
    own = _by_name(parts.said.collations, part.column) if part.column else None
    is_own = part.collation.upper() == (own or "BINARY").upper()
    return IndexPart(
        column=part.column,
        expression=None if part.column else said.parts[place],
        collation=None if is_own else part.collation,
        is_descending=part.is_descending,
        # NULL is SQLite's smallest value; said as PostgreSQL says its own default: first only when descending.
        nulls_first=part.is_descending,
    )
