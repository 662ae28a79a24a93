"""Dsn + Selection -> Snapshot of a SQLite file, read in one transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from onboard.catalog.dsn import Dsn
from onboard.catalog.engines.sqlite import rows
from onboard.catalog.engines.sqlite.connection import connected
from onboard.catalog.engines.sqlite.declared_type import column_type
from onboard.catalog.engines.sqlite.table_sql import read_table_sql
from onboard.catalog.engines.sqlite.tables import Parts, as_table
from onboard.catalog.engines.sqlite.tokens import tokens
from onboard.catalog.engines.sqlite.views import read_relations
from onboard.catalog.selected import is_selected
from onboard.catalog.snapshot import Selection, Snapshot
from onboard.catalog.structure import Catalog, Column, LeftOut, Table, TableKind, TableName
from onboard.errors import BadInput

# What the modules of SQLite itself (fts3 to fts5, rtree, geopoly) append to the name of a virtual table.
_SHADOWS = ("config", "content", "data", "docsize", "idx", "node", "parent", "rowid", "segdir", "segments", "stat")


def read(dsn: Dsn, selection: Selection) -> Snapshot:
    """Return the structure of the selected relations; BadInput for a schema other than `main`."""
    for schema in selection.schemas:
        if schema != "main":
            raise BadInput(f"There is no schema `{schema}`.", remedy="A SQLite file has one schema: `main`.")
    with connected(dsn) as connection:
        return _snapshot(connection, selection)


def _snapshot(connection: sqlite3.Connection, selection: Selection) -> Snapshot:
    every = rows.relations(connection)
    reasons = _reasons(connection, every)
    triggers = rows.triggers(connection)
    statements = rows.statements(connection, "index")
    parents = {
        relation.name.lower(): _parts(connection, relation, triggers)
        for relation in every
        if relation.sort == "table" and relation.name not in reasons
    }
    selected = is_selected(selection)
    tables = [
        as_table(parts, parents, statements) for parts in parents.values() if selected("main", parts.relation.name)
    ]
    if selection.views:
        known = {relation.name.lower(): relation.name for relation in every}
        for relation in every:
            if relation.sort == "view" and relation.name not in reasons and selected("main", relation.name):
                view = _view(connection, relation, known, tuple(triggers.get(relation.name.lower(), ())))
                if isinstance(view, Table):
                    tables.append(view)
                else:
                    reasons[relation.name] = view
    views = () if selection.views else tuple(_definition(one) for one in every if one.sort == "view")
    reasons = {name: why for name, why in reasons.items() if selected("main", name)}
    return replace(_assembled(connection, tables, reasons), views=tuple(sorted(views, key=lambda view: view.name)))


def _definition(view: rows.Relation) -> Table:
    return Table(TableName("main", _shown(view.name)), TableKind.VIEW, (), view_definition=_shown(view.sql))


def _assembled(connection: sqlite3.Connection, tables: list[Table], reasons: dict[str, str]) -> Snapshot:
    estimates = rows.row_estimates(connection)
    left_out = [LeftOut(TableName("main", _shown(name)), why) for name, why in reasons.items()]
    catalog = Catalog(
        engine="sqlite",
        version=sqlite3.sqlite_version,
        schemas=("main",),
        tables=tuple(sorted(tables, key=lambda table: table.name)),
        left_out=tuple(sorted(left_out, key=lambda one: one.name)),
    )
    counted = ((table.name, estimates.get(table.name.name.lower(), -1)) for table in catalog.tables)
    return Snapshot(catalog, tuple(pair for pair in counted if pair[1] >= 0))


def _parts(connection: sqlite3.Connection, relation: rows.Relation, triggers: dict[str, list[str]]) -> Parts:
    return Parts(
        relation=relation,
        said=read_table_sql(relation.sql),
        columns=rows.columns(connection, relation.name),
        indexes=rows.indexes(connection, relation.name),
        foreign_keys=rows.foreign_keys(connection, relation.name),
        triggers=tuple(triggers.get(relation.name.lower(), ())),
    )


def _reasons(connection: sqlite3.Connection, every: list[rows.Relation]) -> dict[str, str]:
    """Return why relations are passed over, by name."""
    virtual = [relation.name for relation in every if is_virtual(relation)]
    shadows = rows.shadow_tables(connection) | {f"{name}_{part}" for name in virtual for part in _SHADOWS}
    reasons: dict[str, str] = {}
    for relation in every:
        if _is_undecodable(relation.name) or _is_undecodable(relation.sql):
            reasons[relation.name] = "its definition is not valid UTF-8"
        elif relation.name in virtual:
            reasons[relation.name] = "is a virtual table"
        elif relation.name in shadows:
            reasons[relation.name] = "belongs to a virtual table"
    return reasons


def is_virtual(relation: rows.Relation) -> bool:
    """Whether a module of SQLite stands behind it, such as fts5."""
    words = tokens(relation.sql[:200]) if relation.sort == "table" else ()
    return len(words) > 1 and words[0].is_word("CREATE") and words[1].is_word("VIRTUAL")


def _view(
    connection: sqlite3.Connection, relation: rows.Relation, known: dict[str, str], triggers: tuple[str, ...]
) -> Table | str:
    """Return the view, or why it cannot be read: SQLite keeps views whose tables are gone."""
    try:
        found = rows.columns(connection, relation.name)
    except sqlite3.OperationalError as error:
        return f"the view does not work: {error}"
    return Table(
        name=TableName("main", relation.name),
        kind=TableKind.VIEW,
        columns=tuple(Column(row.name, column_type(row.declared), is_nullable=True) for row in found),
        view_definition=relation.sql,
        depends_on=tuple(name for name in read_relations(relation.sql, known) if name.name != relation.name),
        triggers=triggers,
        definition=relation.sql,
    )


def _is_undecodable(text: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in text)


def _shown(name: str) -> str:
    """Return a name that can be written as UTF-8: bytes that are none are shown as `\\xNN`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
