"""The statements of a whole database, grouped by table, in the order in which they run; plain text, nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass

from onboard.catalog.structure import TableName


@dataclass(frozen=True, slots=True)
class TableStatements:
    """What makes one table."""

    name: TableName
    create: tuple[str, ...]  # never empty; the table itself last, before it what this table is the first to need
    finish: tuple[str, ...] = ()  # once all tables are there
    foreign_keys: tuple[tuple[TableName, str], ...] = ()  # (the table referred to, statement)
    partitions: tuple[str, ...] = ()  # after all foreign keys


@dataclass(frozen=True, slots=True)
class ViewStatements:
    """What makes one view or materialised view."""

    name: TableName
    create: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotMade:
    """Something of the Catalog for which no statement is written, and why."""

    name: TableName
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Statements:
    """All statements of a Catalog, in the order of the fields: one field for all tables, then the next."""

    optional: tuple[str, ...] = ()  # schemas and extensions: may be there already, or need other rights
    before: tuple[str, ...] = ()
    tables: tuple[TableStatements, ...] = ()
    between: tuple[str, ...] = ()  # after the tables, before what finishes them
    views: tuple[ViewStatements, ...] = ()  # one that reads another comes after it
    foreign_keys: tuple[tuple[TableName, TableName, str], ...] = ()  # of tables made before: (of, to, statement)
    not_made: tuple[NotMade, ...] = ()

    def in_order(self) -> tuple[str, ...]:
        """Return every statement in the order in which it must run."""
        return (
            *self.optional,
            *self.before,
            *(text for table in self.tables for text in table.create),
            *self.between,
            *(text for table in self.tables for text in table.finish),
            *(text for table in self.tables for _, text in table.foreign_keys),
            *(text for _, _, text in self.foreign_keys),
            *(text for table in self.tables for text in table.partitions),
            *(text for view in self.views for text in view.create),
        )
