"""Tables that `adopt` made -> those that may be dropped again, and those that stay, each with the reason.

A table goes only where it is exactly what its model says, nothing else refers to it, and no row is in it: that is
asked again under a lock that keeps writers out until the transaction ends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from onboard.catalog.structure import Catalog, TableName
from onboard.errors import Refused
from onboard.history.proof import differences_in, live_catalog, models_of
from onboard.history.rewrite import Statement
from onboard.migrations.ddl.quoting import qualified
from onboard.verify.differences import Difference
from onboard.verify.located import located


@dataclass(frozen=True, slots=True)
class Kept:
    """A table that stays, and why."""

    table: TableName
    reason: str


def unmade(
    made: Iterable[TableName], labels: Collection[str], connection: BaseDatabaseWrapper
) -> tuple[tuple[TableName, ...], tuple[Kept, ...]]:
    """Return what may be dropped, and what stays; a table that is gone already is neither."""
    made = tuple(made)
    if not made:
        return (), ()
    models = models_of(labels, connection.alias)
    catalog = live_catalog(connection, models)
    found = differences_in(models, catalog, connection)
    known = {located(catalog).table(model._meta.db_table) for model in models}
    there = [table.name for table in catalog.tables if table.name in made]
    kept = {name: reason for name in there if (reason := _reason(name, known, found, connection))}
    while more := _referred_to(catalog, [name for name in there if name not in kept]):
        kept |= more
    drops = tuple(sorted(name for name in there if name not in kept))
    return drops, tuple(Kept(name, kept[name]) for name in sorted(kept))


def drop_statements(tables: Collection[TableName], connection: BaseDatabaseWrapper) -> tuple[Statement, ...]:
    """Return what drops tables that may refer to each other: PostgreSQL asks for all in one, SQLite for one each."""
    names = [qualified(table) for table in tables]
    if connection.vendor == "postgresql" and names:
        return (Statement(f"drop table {', '.join(names)}"),)
    return tuple(Statement(f"drop table {name}") for name in names)


def prove_empty(table: TableName, connection: BaseDatabaseWrapper) -> None:
    """Keep writers out of the table until the transaction ends; Refused where a row has come into it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # on SQLite the transaction holds the whole file already
            cursor.execute(f"lock table {qualified(table)} in access exclusive mode")
    if _has_rows(table, connection):
        raise Refused(f"`{table}` has rows now: nothing has been changed.", remedy="Run it again: the table will stay.")


def _reason(
    table: TableName, known: Collection[TableName], found: Iterable[Difference], connection: BaseDatabaseWrapper
) -> str:
    """Return why a table must stay; nothing where it may go."""
    if table not in known:
        return "no model of the app has it any more"
    if any(one.table == str(table) for one in found):
        return "it is no longer what its model says"
    return "it has rows" if _has_rows(table, connection) else ""


def _referred_to(catalog: Catalog, going: Collection[TableName]) -> dict[TableName, str]:
    return {
        key.references: f"`{table.name}` refers to it"
        for table in catalog.tables
        if table.name not in going
        for key in table.foreign_keys
        if key.references in going
    }


def _has_rows(table: TableName, connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"select 1 from {qualified(table)} limit 1")
        return cursor.fetchone() is not None
