"""Numbered columns -> those whose counter is behind the rows: a sequence, or a row of SQLite's `sqlite_sequence`.

Structure alone does not tell: the greatest key of each table is asked, an index look-up each. What may not be read is
passed over. PostgreSQL gives a number out again that is taken, and the insert fails. SQLite takes the greater of its
counter and the greatest key, so that nothing fails: but a counter that is behind gives the keys of deleted rows out
again, which AUTOINCREMENT is there to prevent ("SQLite Autoincrement" of its manual).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import Error
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from onboard.catalog.engines.sqlite.table_sql import read_table_sql
from onboard.catalog.lookup import by_name
from onboard.catalog.structure import Catalog, Table, TableName
from onboard.decisions.django_names import database_name
from onboard.migrations.ddl.quoting import identifier, qualified, text_literal
from onboard.verify.differences import Difference, Severity
from onboard.verify.located import Located


@dataclass(frozen=True, slots=True)
class Behind:
    """A counter that stands before the greatest key of its column."""

    table: TableName
    column: str
    greatest: int
    last: int | None  # None: it has not begun
    remedy: str  # the SQL that sets it right
    fails: bool = True  # the next insert; else only keys of deleted rows come again


def counters_behind(
    models: Iterable[type[Model]], catalog: Catalog, connection: BaseDatabaseWrapper, located: Located
) -> Iterator[Behind]:
    """Give the counters of these models' own automatic keys that are behind; one statement a numbered table."""
    tables = by_name(catalog)
    behind = {"postgresql": _sequence_behind, "sqlite": _rowid_behind}.get(connection.vendor)
    for model in models:
        field = model._meta.auto_field
        table = tables.get(located.table(model._meta.db_table))
        if behind is None or field is None or field.model is not model or table is None:
            continue
        column = database_name(str(field.column))
        if any(one.name == column for one in table.columns):
            yield from behind(connection, table, column)


def as_difference(behind: Behind) -> Difference:
    """Return it as `verify` words what differs."""
    return Difference(
        "sequence_behind",
        Severity.BREAKS if behind.fails else Severity.LIES,
        str(behind.table),
        behind.column,
        "the database numbers the rows",
        f"has counted to {behind.last or 'nothing'}, and a row has {behind.greatest}",
        f"Set the counter right: {behind.remedy}",
    )


def _sequence_behind(connection: BaseDatabaseWrapper, table: Table, column: str) -> Iterator[Behind]:
    sequence = table.column(column).sequence
    if sequence is None:
        return
    sql = (
        f"select (select pg_catalog.max({identifier(column)}) from {qualified(table.name)}), last_value, is_called"
        f" from {qualified(sequence)}"
    )
    row = _row(connection, sql)
    if row is None or row[0] is None:
        return
    greatest, last, is_called = int(str(row[0])), int(str(row[1])), bool(row[2])
    if greatest > last or (greatest == last and not is_called):
        target = text_literal(qualified(sequence))
        yield Behind(table.name, column, greatest, last, f"`select pg_catalog.setval({target}, {greatest})`.")


def _rowid_behind(connection: BaseDatabaseWrapper, table: Table, column: str) -> Iterator[Behind]:
    if not read_table_sql(table.definition).is_autoincrement:
        return  # such a table has no counter
    name = table.name.name
    literal = "'" + name.replace("'", "''") + "'"
    sql = (
        f"select max({identifier(column)}), (select max(seq) from sqlite_sequence where name = {literal})"
        f" from {identifier(name)}"
    )
    row = _row(connection, sql)
    if row is None or not isinstance(row[0], int):
        return
    greatest, last = row[0], row[1] if isinstance(row[1], int) else None
    if last is not None and last >= greatest:
        return
    set_right = (
        f"`insert into sqlite_sequence (name, seq) values ({literal}, {greatest})`."
        if last is None
        else f"`update sqlite_sequence set seq = {greatest} where name = {literal}`."
    )
    yield Behind(table.name, column, greatest, last, set_right, fails=False)


def _row(connection: BaseDatabaseWrapper, sql: str) -> tuple[object, ...] | None:
    """Ask without parameters: with them, Django's drivers would read a `%` of a name as one."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            found: tuple[object, ...] | None = cursor.fetchone()
            return found
    except Error:  # no right to read the table or its counter: nothing is known
        return None
