"""Catalog -> Statements for SQLite: the words of `sqlite_master`, tables before indexes before views."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.catalog.structure import Catalog, Table
from onboard.migrations.ddl.indexes import in_lower_case
from onboard.migrations.ddl.programs import programs_not_made
from onboard.migrations.ddl.statements import Statements, TableStatements, ViewStatements


def sqlite_statements(catalog: Catalog) -> Statements:
    """Return the statements that rebuild the Catalog in an empty file; a foreign key is part of its table."""
    tables = [table for table in catalog.tables if not table.is_view]
    views = [table for table in catalog.tables if table.is_view]
    return Statements(
        tables=tuple(
            TableStatements(table.name, create=(table.definition,), finish=tuple(_indexes(table))) for table in tables
        ),
        # A view may name what does not exist yet: SQLite looks when it is read.
        views=tuple(ViewStatements(view.name, (view.definition,)) for view in views),
        not_made=tuple(one for table in catalog.tables for one in programs_not_made(table)),
    )


def _indexes(table: Table) -> Iterator[str]:
    for index in table.indexes:
        if index.definition:  # the indexes of keys have none: the table says them
            yield in_lower_case(index.definition)
