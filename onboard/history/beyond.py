"""What a database has beyond its models -> what the history makes itself, and what SQL carries over.

A migration may set a collation, or make an index or a constraint, that no model says. Where a database built from the
new history has the same, memory and database agree. What it lacks, nobody knows where it came from: it is written as
SQL from the catalogue if a person asks for it, and named otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import RunSQL
from django.db.models import Model

from onboard.catalog.structure import Catalog, Column, Table
from onboard.errors import NothingDone, Refused
from onboard.history.build import Targets, built
from onboard.history.manual import Manual, Place
from onboard.history.memory import AppMemory, MigrationFile
from onboard.history.proof import differences_in
from onboard.history.shape import (
    check_line,
    column_line,
    exclusion_line,
    foreign_key_line,
    index_line,
    lines,
    unique_line,
)
from onboard.history.staged import nothing_staged
from onboard.migrations.ddl.constraints import (
    add_constraint,
    check_clause,
    exclusion_clauses,
    foreign_key_statement,
    unique_clause,
)
from onboard.migrations.ddl.indexes import index_statement
from onboard.migrations.ddl.quoting import identifier, qualified
from onboard.verify.differences import Difference
from onboard.verify.located import located


def unsettled(
    found: Iterable[Difference], models: Iterable[type[Model]], fresh: Catalog, connection: BaseDatabaseWrapper
) -> tuple[Difference, ...]:
    """Return the differences that a database built from the history does not have in the very same way."""
    found = tuple(found)
    made = {_key(one) for one in differences_in(models, fresh, connection)} if found else set()
    return tuple(one for one in found if _key(one) not in made)


def unsettled_on_disk(
    found: Iterable[Difference], models: Iterable[type[Model]], connection: BaseDatabaseWrapper, targets: Targets
) -> tuple[Difference, ...]:
    """Return the same of the history that is on disk; all of them where it cannot be built."""
    found = tuple(found)
    try:
        fresh = built(connection.alias, nothing_staged(), targets)
    except (Refused, NothingDone):
        return found
    return unsettled(found, models, fresh, connection)


def carried_over(app: AppMemory, models: Iterable[type[Model]], live: Catalog, fresh: Catalog) -> tuple[Manual, ...]:
    """Return one operation that makes in a new database what the app's tables have beyond their models; none is none.

    PostgreSQL: indexes, constraints, collations and defaults. SQLite can add indexes to a table, and nothing else.
    """
    here, there = located(live), located(fresh)
    tables = {table.name: table for table in live.tables}
    built = {table.name: table for table in fresh.tables}
    statements: list[str] = []
    for model in sorted(models, key=lambda model: model._meta.db_table):
        table, other = tables.get(here.table(model._meta.db_table)), built.get(there.table(model._meta.db_table))
        if model._meta.app_label == app.label and table is not None and other is not None:
            statements.extend(_statements(live.engine, table, other))
    if not statements or app.folder is None or app.module is None:
        return ()
    file = MigrationFile(app.label, "the_database", app.folder, f"{app.module}.the_database")
    operation = RunSQL([str(one) for one in statements], RunSQL.noop)
    return (Manual(file, 0, operation, Place.LAST, f"RunSQL({len(statements)} statements from the catalogue)"),)


def _key(one: Difference) -> tuple[str, str, str, str]:
    return one.table, one.place, one.kind, one.database


def _statements(engine: str, table: Table, fresh: Table) -> Iterator[str]:
    known = frozenset(lines(fresh))
    if engine == "postgresql":
        yield from _columns(table, fresh, known)
        yield from (add_constraint(table, unique_clause(key)) for key in table.uniques if unique_line(key) not in known)
        yield from (
            add_constraint(table, check_clause(check)) for check in table.checks if check_line(check) not in known
        )
        exclusions = zip(table.exclusions, exclusion_clauses(table), strict=True)
        yield from (add_constraint(table, clause) for one, clause in exclusions if exclusion_line(one) not in known)
        yield from (
            foreign_key_statement(table, key) for key in table.foreign_keys if foreign_key_line(key) not in known
        )
    for index in table.indexes:
        if index.constraint is None and index.is_valid and index_line(index) not in known:
            yield index_statement(table, index)


def _columns(table: Table, fresh: Table, known: frozenset[str]) -> Iterator[str]:
    others = {column.name: column for column in fresh.columns}
    for column in table.columns:
        other = others.get(column.name)
        if other is not None and column_line(column) not in known:
            yield from _column(f"alter table {qualified(table.name)} alter column", column, other)


def _column(alter: str, column: Column, other: Column) -> Iterator[str]:
    name = identifier(column.name)
    if column.type == other.type and column.collation and column.collation != other.collation:
        yield f"{alter} {name} type {column.type.sql} collate {column.collation}"
    if column.default is not None and other.default is None and column.sequence is None and not column.identity:
        yield f"{alter} {name} set default {column.default}"
