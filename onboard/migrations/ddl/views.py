"""Views and materialised views -> their statements, those that others read first."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.catalog.structure import Catalog, Table, TableKind
from onboard.migrations.ddl.comments import table_comments
from onboard.migrations.ddl.indexes import index_statements
from onboard.migrations.ddl.order import needs_first
from onboard.migrations.ddl.quoting import identifiers, qualified
from onboard.migrations.ddl.statements import ViewStatements


def view_statements(catalog: Catalog) -> tuple[ViewStatements, ...]:
    """Return the statements of each scanned view."""
    views = {table.name: table for table in catalog.tables if table.is_view}
    order = needs_first(views, {name: view.depends_on for name, view in views.items()})
    return tuple(ViewStatements(name, tuple(_statements(views[name]))) for name in order if views[name].view_definition)


def _statements(view: Table) -> Iterator[str]:
    word = "materialized view" if view.kind is TableKind.MATERIALIZED_VIEW else "view"
    columns = identifiers(tuple(column.name for column in view.columns))
    definition = (view.view_definition or "").strip().rstrip(";")
    yield f"create {word} {qualified(view.name)} ({columns}) as\n{definition}"
    yield from index_statements(view)
    yield from table_comments(view)
