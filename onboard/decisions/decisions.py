"""The Decisions: which keys are used and what everything is called, frozen; a person's word has won.

What later steps need to know of a database beyond its Catalog is here. Every name is a valid, unclashing
Python identifier: no later step renames anything.
"""

from __future__ import annotations

from dataclasses import dataclass

from onboard.catalog.structure import TableName
from onboard.inference.proposals import Origin


@dataclass(frozen=True, slots=True)
class KeyDecision:
    """The primary key a model will have. Never empty; a table without one has `primary_key = None`."""

    columns: tuple[str, ...]
    origin: Origin
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class RelationDecision:
    """A foreign key that will be used.

    Of one column it becomes a relation named `field`; of several, `field` is the name of a typed accessor.
    """

    columns: tuple[str, ...]
    references: TableName
    referenced_columns: tuple[str, ...]
    origin: Origin
    field: str
    related_name: str | None  # None: Django's default is free of clashes; "+" where none can be had
    is_one_to_one: bool = False
    on_delete: str = "no action"  # the database's words
    orphans: int | None = None  # of an inferred key: child rows without a parent, where counted
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ManyToManyDecision:
    """A way to many rows of another table, by the rows of a join table, which stays a model."""

    field: str
    through: TableName
    target: TableName
    related_name: str


@dataclass(frozen=True, slots=True)
class TableDecision:
    """How one table becomes a model."""

    table: TableName
    model: str  # class name, unique in the app whatever the letter case
    module: str  # module name for `--split`, unique likewise
    db_table: str  # as Meta.db_table says it: plain, or quoted with its schema (`"hr"."dept"`)
    primary_key: KeyDecision | None
    fields: tuple[tuple[str, str], ...]  # (column, field name) in column order; a relation's column has its `field`
    relations: tuple[RelationDecision, ...] = ()  # in column order; those of one column at most one a column
    verbose_name: str = ""
    verbose_name_plural: str = ""
    choices: tuple[
        tuple[str, tuple[tuple[str, str, str], ...]], ...
    ] = ()  # (column, (member, value, label)...) accepted
    many_to_many: tuple[ManyToManyDecision, ...] = ()  # by field
    flags: tuple[tuple[str, str, str], ...] = ()  # (column, what means true, what means false) accepted, by column

    def field(self, column: str) -> str:
        """Return the field name of a column; KeyError where there is none."""
        return dict(self.fields)[column]


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of one app. Tables that get no model are in `left_out` with the reason."""

    app: str
    tables: tuple[TableDecision, ...]  # in catalog order
    search_path: tuple[str, ...] = ()  # PostgreSQL: Django's schema first, then the scanned ones
    django_schema: str = "public"
    enum_classes: tuple[tuple[TableName, str], ...] = ()  # enum type -> TextChoices class name
    left_out: tuple[tuple[TableName, str], ...] = ()

    def table(self, name: TableName) -> TableDecision:
        """Return the decision on a table; KeyError where it gets no model."""
        for table in self.tables:
            if table.table == name:
                return table
        raise KeyError(name)
