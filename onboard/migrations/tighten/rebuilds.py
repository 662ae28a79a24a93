"""What SQLite's way of changing a table asks for: Django makes the table anew and copies every row.

A table that holds what Django would not make again is left alone.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations import AlterField

from onboard.catalog.structure import TableName
from onboard.migrations.tighten.scene import AnyField, Scene

REBUILD_LOCK = "The whole file, while Django makes the table anew and copies its rows: SQLite has no other way."


def rebuild_hindrance(scene: Scene, table: TableName) -> str:
    """Return why a table may not be made anew, or nothing; PostgreSQL never needs it."""
    if not scene.is_sqlite:
        return ""
    found = scene.tables[table]
    readers = [str(one.name) for one in scene.catalog.tables if table in one.depends_on]
    if found.triggers:
        return f"SQLite must make the table anew, and Django would lose its triggers: {', '.join(found.triggers)}"
    if found.is_strict or found.is_without_rowid:
        return "SQLite must make the table anew, and Django would not make it STRICT or WITHOUT ROWID again"
    if readers:
        return f"SQLite must make the table anew, which the views that read it forbid: {', '.join(readers)}"
    return ""


def altered_field(model: str, field: AnyField, **changes: Any) -> AlterField:  # Any: whatever a field takes
    """Return Django's own operation that changes single arguments of a field."""
    _, _, arguments, keywords = field.deconstruct()
    return AlterField(model, field.name, type(field)(*arguments, **{**keywords, **changes}))
