"""The Claims: what one model says of its table, in the words of the database it is held against, frozen.

Made by `expected` from a Django model; knows nothing of Django itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from onboard.catalog.structure import TableName


@dataclass(frozen=True, slots=True)
class ClaimedColumn:
    """One column that the model reads and writes."""

    name: str
    field: str
    type: str  # as the backend would write it: `varchar(255)`
    is_nullable: bool
    is_auto: bool = False  # the database is believed to number it
    has_default: bool = False
    default: str | None = None  # SQL; None where the expression could not be rendered
    is_generated: bool = False
    generated: str | None = None  # SQL; None where the expression could not be rendered
    is_stored: bool = True
    collation: str | None = None
    comment: str | None = None
    is_relation: bool = False  # a ForeignKey: its type is its target's, and nothing else can be said
    is_join_key: bool = False  # of a join table that Django makes: nothing refers to it
    check: str | None = None  # SQL of the check that the field brings along, such as PositiveIntegerField's


@dataclass(frozen=True, slots=True)
class ClaimedUnique:
    """A uniqueness the model relies on: a unique field, `unique_together` or a UniqueConstraint."""

    name: str | None  # None: Django would choose one
    columns: tuple[str, ...]  # empty where it stands on expressions
    is_partial: bool = False
    condition: str | None = None  # SQL; None where it could not be rendered
    include: tuple[str, ...] = ()
    nulls_distinct: bool | None = None
    deferrable: str | None = None  # "immediate" or "deferred"


@dataclass(frozen=True, slots=True)
class ClaimedIndex:
    """An index the model believes to be there."""

    name: str | None  # None: Django would choose one
    columns: tuple[str, ...]  # empty where it stands on expressions
    descending: tuple[bool, ...] = ()  # one a column
    method: str = "btree"
    is_partial: bool = False
    condition: str | None = None  # SQL; None where it could not be rendered
    include: tuple[str, ...] = ()
    definition: str | None = None  # in the database's own words: what follows the table's name in CREATE INDEX


@dataclass(frozen=True, slots=True)
class ClaimedForeignKey:
    """A relation, with the constraint the model believes to be behind it."""

    columns: tuple[str, ...]
    references: TableName
    referenced_columns: tuple[str, ...]
    is_constrained: bool  # False: `db_constraint=False`
    on_delete: str | None = None  # the database's words, where the model leaves the action to the database


@dataclass(frozen=True, slots=True)
class ClaimedCheck:
    """A check constraint by name."""

    name: str
    expression: str | None  # SQL; None where it could not be rendered


@dataclass(frozen=True, slots=True)
class ClaimedDefinition:
    """A constraint in the database's own words: `CHECK ((price > 0))`, `EXCLUDE USING gist (...)`."""

    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class ClaimedTable:
    """Everything one model says of its table."""

    table: TableName
    model: str  # `legacy.Customer`
    is_managed: bool
    columns: tuple[ClaimedColumn, ...]
    primary_key: tuple[str, ...]  # empty: the model stands on a row address and has no key of its own
    uniques: tuple[ClaimedUnique, ...] = ()
    foreign_keys: tuple[ClaimedForeignKey, ...] = ()
    checks: tuple[ClaimedCheck, ...] = ()
    indexes: tuple[ClaimedIndex, ...] = ()
    definitions: tuple[ClaimedDefinition, ...] = ()
    join_tables: tuple[tuple[str, TableName], ...] = ()  # (field, table) of relations to many without a model
    comment: str | None = None
