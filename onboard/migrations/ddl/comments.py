"""Comments -> `comment on` statements."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.catalog.structure import ForeignKey, Table, TableKind, TableName
from onboard.migrations.ddl.quoting import identifier, qualified, text_literal

_WORDS = {TableKind.VIEW: "view", TableKind.MATERIALIZED_VIEW: "materialized view"}


def comment_on(what: str, comment: str | None) -> tuple[str, ...]:
    """Return the statement that comments on the object, none where there is no comment."""
    return () if comment is None else (f"comment on {what} is {text_literal(comment)}",)


def table_comments(table: Table) -> Iterator[str]:
    """Return the comments on a relation, its columns, constraints and indexes; foreign keys are not there yet."""
    name = qualified(table.name)
    yield from comment_on(f"{_WORDS.get(table.kind, 'table')} {name}", table.comment)
    for column in table.columns:
        yield from comment_on(f"column {name}.{identifier(column.name)}", column.comment)
    primary_key = (table.primary_key,) if table.primary_key else ()
    for constraint in (*primary_key, *table.uniques, *table.checks):
        yield from comment_on(f"constraint {identifier(constraint.name)} on {name}", constraint.comment)
    for index in table.indexes:
        if index.is_valid:
            index_name = TableName(table.name.schema, index.name)
            yield from comment_on(f"index {qualified(index_name)}", index.comment)


def foreign_key_comment(table: Table, key: ForeignKey) -> tuple[str, ...]:
    """Return the comment on one foreign key."""
    return comment_on(f"constraint {identifier(key.name)} on {qualified(table.name)}", key.comment)
