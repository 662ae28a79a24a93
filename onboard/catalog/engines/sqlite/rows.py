"""A SQLite connection -> what pragmas and `sqlite_master` say of each relation, names as they are spelled.

Source of truth: https://sqlite.org/pragma.html (`table_xinfo`, `index_list`, `index_xinfo`, `foreign_key_list`).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Relation:
    """A row of `sqlite_master`."""

    sort: str  # "table" or "view"
    name: str
    sql: str


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A row of `table_xinfo`."""

    name: str
    declared: str
    is_not_null: bool
    default: str | None
    key_place: int  # 0: not in the primary key
    hidden: int  # 0 ordinary, 1 of a virtual table, 2 virtual, 3 stored


@dataclass(frozen=True, slots=True)
class IndexPartRow:
    """A row of `index_xinfo`: one part of the key."""

    column: str | None  # None for an expression, or the rowid
    is_descending: bool
    collation: str


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A row of `index_list` with its key parts."""

    name: str
    is_unique: bool
    origin: str  # "c" by CREATE INDEX, "u" by UNIQUE, "pk" by PRIMARY KEY
    parts: tuple[IndexPartRow, ...]


@dataclass(frozen=True, slots=True)
class ForeignKeyRow:
    """The rows of one id of `foreign_key_list`."""

    table: str
    columns: tuple[str, ...]
    referenced: tuple[str | None, ...]  # None: the parent's primary key
    on_update: str
    on_delete: str
    match: str


def relations(connection: sqlite3.Connection) -> list[Relation]:
    """Return the tables and views; SQLite's own are left out."""
    rows = connection.execute(
        "select type, name, sql from sqlite_master where type in ('table', 'view') "
        "and name not like 'sqlite\\_%' escape '\\' order by name"
    )
    return [Relation(sort, name, sql or "") for sort, name, sql in rows]


def shadow_tables(connection: sqlite3.Connection) -> set[str]:
    """Return the tables that belong to virtual tables, as far as the library (3.37) and its modules know them."""
    if sqlite3.sqlite_version_info < (3, 37):
        return set()
    return {name for (name,) in connection.execute("select name from pragma_table_list where type = 'shadow'")}


def statements(connection: sqlite3.Connection, sort: str) -> dict[str, str]:
    """Return the SQL of the indexes or triggers by name; those SQLite made by itself have none."""
    rows = connection.execute("select name, sql from sqlite_master where type = ? and sql is not null", (sort,))
    return dict(rows.fetchall())


def triggers(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the names of the triggers by the lower-cased name of their table."""
    found: dict[str, list[str]] = {}
    for table, name in connection.execute("select tbl_name, name from sqlite_master where type = 'trigger' order by 2"):
        found.setdefault(table.lower(), []).append(name)
    return found


def columns(connection: sqlite3.Connection, table: str) -> list[ColumnRow]:
    """Return the columns of a table or view; sqlite3.Error where a view no longer works."""
    rows = connection.execute(
        'select name, type, "notnull", dflt_value, pk, hidden from pragma_table_xinfo(?) order by cid', (table,)
    )
    return [
        ColumnRow(name, declared or "", bool(null), default, *rest) for name, declared, null, default, *rest in rows
    ]


def indexes(connection: sqlite3.Connection, table: str) -> list[IndexRow]:
    """Return the indexes of a table by name."""
    rows = connection.execute(
        'select l.name, l."unique", l.origin, x.name, x.desc, x.coll '
        "from pragma_index_list(?) l, pragma_index_xinfo(l.name) x where x.key order by l.name, x.seqno",
        (table,),
    )
    found: dict[str, tuple[bool, str, list[IndexPartRow]]] = {}
    for name, is_unique, origin, column, is_descending, collation in rows:
        _, _, parts = found.setdefault(name, (bool(is_unique), origin, []))
        parts.append(IndexPartRow(column, bool(is_descending), collation or ""))
    return [IndexRow(name, unique, origin, tuple(parts)) for name, (unique, origin, parts) in found.items()]


def foreign_keys(connection: sqlite3.Connection, table: str) -> list[ForeignKeyRow]:
    """Return the foreign keys in the order of the DDL: SQLite numbers them from the last to the first."""
    rows = connection.execute(
        'select id, "table", "from", "to", on_update, on_delete, "match" '
        "from pragma_foreign_key_list(?) order by id desc, seq",
        (table,),
    )
    found: dict[int, list[tuple[str, ...]]] = {}
    for number, *rest in rows:
        found.setdefault(number, []).append(tuple(rest))
    return [
        ForeignKeyRow(
            table=pairs[0][0],
            columns=tuple(pair[1] for pair in pairs),
            referenced=tuple(pair[2] for pair in pairs),
            on_update=pairs[0][3],
            on_delete=pairs[0][4],
            match=pairs[0][5],
        )
        for pairs in found.values()
    ]


def row_estimates(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the rows per lower-cased table that the last ANALYZE counted."""
    if not connection.execute("select 1 from sqlite_master where name = 'sqlite_stat1'").fetchone():
        return {}
    found: dict[str, int] = {}
    for table, stat in connection.execute("select tbl, stat from sqlite_stat1 where stat is not null"):
        first = str(stat).split(" ", 1)[0]
        if first.isdigit():
            found[table.lower()] = max(int(first), found.get(table.lower(), 0))
    return found
