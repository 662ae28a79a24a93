"""The Rewrite: everything one command will change, as a value, with its exact SQL; nothing here changes anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onboard.catalog.structure import TableName
from onboard.history.rows import Row
from onboard.project.files import FileTree

Param = str | int


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with its bound values."""

    sql: str
    params: tuple[Param, ...] = ()

    def __str__(self) -> str:
        """Return it as it could be typed: values as literals, standard-conforming strings."""
        if not self.params:
            return f"{self.sql};"
        return f"{self.sql % tuple(_literal(param) for param in self.params)};"


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Old and new of files and rows; applied as a whole or not at all."""

    command: str  # "adopt", "reset", "squash", "undo"
    apps: tuple[str, ...]
    files: FileTree  # what will be written, by paths under the project's root
    remove: tuple[str, ...] = ()  # what will be taken away
    rows_before: tuple[Row, ...] = ()  # of these apps, exactly as they are
    rows_after: tuple[Row, ...] = ()
    tables: tuple[Statement, ...] = ()  # makes tables that are missing, or drops them again, before the rows change
    makes: tuple[TableName, ...] = ()  # the tables that those make
    drops: tuple[TableName, ...] = ()  # the tables that those drop; each must prove empty under a lock

    undoes: str = ""  # the batch that this takes back

    @property
    def changes_rows(self) -> bool:
        """Whether the record changes at all."""
        return any(True for _ in self.record())

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.files.files or self.remove or self.tables or self.changes_rows)

    def record(self) -> Iterator[Statement]:
        """Give the statements that make the old rows the new ones: deletions, then insertions."""
        after = set(self.rows_after)
        before = set(self.rows_before)
        for row in self.rows_before:
            if row not in after and row.id is not None:
                yield Statement("delete from django_migrations where id = %s", (row.id,))
        for row in self.rows_after:
            if row not in before:
                yield _insert(row)

    def statements(self) -> tuple[Statement, ...]:
        """Return every statement that changes the database, in order."""
        return (*self.tables, *self.record())


def _insert(row: Row) -> Statement:
    if row.id is None or row.applied is None:
        return Statement(
            "insert into django_migrations (app, name, applied) values (%s, %s, current_timestamp)", (row.app, row.name)
        )
    return Statement(
        "insert into django_migrations (id, app, name, applied) values (%s, %s, %s, %s)",
        (row.id, row.app, row.name, row.applied),
    )


def _literal(param: Param) -> str:
    return str(param) if isinstance(param, int) else "'" + param.replace("'", "''") + "'"
