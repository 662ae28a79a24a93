"""The Catalog: the structure of a database as frozen values, the same for every engine.

Structure only: no OIDs, estimates or statistics, so that the same database gives the same bytes.
All expressions and definitions are in the server's own words with every name qualified
(PostgreSQL: read with an empty `search_path`). Tuples are sorted as each field says.
Source of truth: `pg_catalog` (PostgreSQL 13 to 18), `sqlite_master` and pragmas (SQLite).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class TableName:
    """Where a relation, type, sequence or function lives, as the database spells it. SQLite's schema is `main`."""

    schema: str
    name: str

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"


class TableKind(StrEnum):
    """What sort of relation it is. Only `TABLE` and `PARTITIONED` have rows that may be probed."""

    TABLE = "table"
    PARTITIONED = "partitioned"
    PARTITION = "partition"  # a partition of a partitioned table; hidden unless `--partitions`
    CHILD = "child"  # `logs_2019` that inherits all of `logs`; hidden unless `--partitions`
    FOREIGN = "foreign"
    VIEW = "view"
    MATERIALIZED_VIEW = "materialized view"


class TypeKind(StrEnum):
    """How a column type is made (`pg_type.typtype`, with arrays told apart)."""

    BASE = "base"
    ENUM = "enum"
    DOMAIN = "domain"
    COMPOSITE = "composite"
    RANGE = "range"
    MULTIRANGE = "multirange"
    ARRAY = "array"
    PSEUDO = "pseudo"


@dataclass(frozen=True, slots=True)
class ColumnType:
    """The type of a column.

    PostgreSQL: `schema`/`name` are `pg_type`'s (`pg_catalog`/`int4`), `sql` `format_type` (`character varying(255)`).
    SQLite: `schema` is empty, `name` the declared type lower-cased without modifiers, `sql` as declared (may be empty).
    """

    schema: str
    name: str
    sql: str
    kind: TypeKind = TypeKind.BASE
    max_length: int | None = None  # char, varchar, bit, varbit: characters or bits
    precision: int | None = None  # numeric digits, or fractional seconds of time types
    scale: int | None = None  # numeric digits after the point
    fields: str = ""  # the fields of an interval typmod, such as `day to second`
    element: ColumnType | None = None  # the element type of an array; never itself an array
    dimensions: int = 1  # of an array, as declared (`sql` says it too); the server holds no value to it
    base: ColumnType | None = None  # what a domain stands on, itself maybe a domain
    is_not_null: bool = False  # a domain that forbids NULL


@dataclass(frozen=True, slots=True)
class Column:
    """One column, in table order."""

    name: str
    type: ColumnType
    is_nullable: bool  # False also for a primary key column and under a NOT NULL domain
    default: str | None = None  # expression in SQL; None where there is none, and for generated columns
    identity: str = ""  # "", "always" or "by default"
    generated: str | None = None  # expression in SQL
    is_stored: bool = True  # of a generated column: stored, else virtual
    collation: str | None = None  # only where it is not the type's own: `"C"`, qualified if not in pg_catalog
    comment: str | None = None
    sequence: TableName | None = None  # the sequence that an identity or a `nextval` default draws from


@dataclass(frozen=True, slots=True)
class Key:
    """A primary key or a unique constraint."""

    name: str  # SQLite: the name in the DDL, or "" where it has none
    columns: tuple[str, ...]  # in key order; never empty
    is_deferrable: bool = False
    is_initially_deferred: bool = False
    nulls_not_distinct: bool = False
    include: tuple[str, ...] = ()
    without_overlaps: bool = False  # PostgreSQL 18: a temporal key
    definition: str = ""  # `pg_get_constraintdef`
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A declared foreign key; `columns` and `referenced_columns` go pair by pair, in key order."""

    name: str
    columns: tuple[str, ...]
    references: TableName
    referenced_columns: tuple[str, ...]  # resolved, also where SQLite's DDL leaves them implicit
    on_delete: str = "no action"  # "no action", "restrict", "cascade", "set null", "set default"
    on_update: str = "no action"
    match: str = "simple"  # "simple", "full", "partial"
    is_deferrable: bool = False
    is_initially_deferred: bool = False
    is_valid: bool = True
    definition: str = ""
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A check constraint of a table or a domain. NOT NULL constraints of PostgreSQL 18 are not listed here."""

    name: str
    expression: str  # without the word CHECK and its outer parentheses
    columns: tuple[str, ...] = ()  # those it mentions, in table order
    is_valid: bool = True
    is_no_inherit: bool = False
    is_enforced: bool = True
    definition: str = ""
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An exclusion constraint, in the server's words."""

    name: str
    method: str
    elements: tuple[tuple[str, str], ...]  # (column or expression, operator), in order
    predicate: str | None = None
    is_deferrable: bool = False
    is_initially_deferred: bool = False
    definition: str = ""


@dataclass(frozen=True, slots=True)
class IndexPart:
    """One key part of an index: a column or an expression."""

    column: str | None  # None for an expression
    expression: str | None = None
    operator_class: str | None = None  # only where it is not the type's default; qualified if not in pg_catalog
    collation: str | None = None  # only where it is not the column's
    is_descending: bool = False
    nulls_first: bool = False  # as it acts, whatever the words of the DDL


@dataclass(frozen=True, slots=True)
class Index:
    """An index, those that stand behind a constraint included."""

    name: str
    parts: tuple[IndexPart, ...]
    method: str = "btree"
    include: tuple[str, ...] = ()
    predicate: str | None = None
    is_unique: bool = False
    is_valid: bool = True  # valid and ready
    nulls_not_distinct: bool = False
    constraint: str | None = None  # the primary, unique or exclusion constraint it backs
    options: tuple[tuple[str, str], ...] = ()  # storage parameters that were given, by name: `("fillfactor", "70")`
    definition: str = ""  # `pg_get_indexdef`, or the SQL of sqlite_master
    comment: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The plain columns of its key, in order; expressions are skipped."""
        return tuple(part.column for part in self.parts if part.column is not None)

    @property
    def is_plain(self) -> bool:
        """Whether it covers every row and only columns: neither partial nor over an expression."""
        return self.predicate is None and all(part.column is not None for part in self.parts)


@dataclass(frozen=True, slots=True)
class Partition:
    """A partition of a partitioned table, for the statements that rebuild it."""

    name: TableName
    bound: str  # `FOR VALUES FROM ...` or `DEFAULT`
    partition_key: str | None = None  # where it is partitioned again
    parent: TableName | None = None  # None: the table that lists it


@dataclass(frozen=True, slots=True)
class Table:
    """One relation with all that hangs on it."""

    name: TableName
    kind: TableKind
    columns: tuple[Column, ...]  # in attribute order, dropped ones left out
    primary_key: Key | None = None
    uniques: tuple[Key, ...] = ()  # by name, then columns
    foreign_keys: tuple[ForeignKey, ...] = ()  # by name, then columns
    checks: tuple[Check, ...] = ()  # by name, then expression
    exclusions: tuple[Exclusion, ...] = ()  # by name
    indexes: tuple[Index, ...] = ()  # by name
    comment: str | None = None
    view_definition: str | None = None
    depends_on: tuple[TableName, ...] = ()  # of a view: the relations it reads
    partition_key: str | None = None  # `RANGE (created_at)`
    partitions: tuple[Partition, ...] = ()  # all levels, parents first, then by name
    parents: tuple[TableName, ...] = ()  # inheritance and partition parents, in order
    triggers: tuple[str, ...] = ()  # names, sorted; internal ones left out
    rules: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    has_row_security: bool = False
    is_unlogged: bool = False
    is_strict: bool = False  # SQLite
    is_without_rowid: bool = False  # SQLite
    is_readable: bool = True  # whether the scanning role holds SELECT on it
    definition: str = ""  # SQLite: the SQL of sqlite_master

    @property
    def is_view(self) -> bool:
        """Whether its rows are computed: a view or a materialised view."""
        return self.kind in (TableKind.VIEW, TableKind.MATERIALIZED_VIEW)

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class UserType:
    """An enum, domain, composite or range type that the scanned tables use, or that such a type uses."""

    name: TableName
    kind: TypeKind
    labels: tuple[str, ...] = ()  # enum labels in sort order
    type: ColumnType | None = None  # what a domain stands on, or a range's subtype
    is_not_null: bool = False
    default: str | None = None
    collation: str | None = None
    checks: tuple[Check, ...] = ()
    attributes: tuple[tuple[str, ColumnType], ...] = ()  # of a composite, in order
    definition: str = ""  # of a range: the options inside CREATE TYPE ... AS RANGE (...)
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Sequence:
    """A sequence that a scanned column draws from or owns."""

    name: TableName
    type: str = "bigint"
    start: int = 1
    increment: int = 1
    minimum: int = 1
    maximum: int = 9223372036854775807
    cache: int = 1
    is_cycled: bool = False
    owned_by: tuple[TableName, str] | None = None  # (table, column)
    is_identity: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function that a default, check, generated expression or index of a scanned table calls."""

    name: TableName
    arguments: str  # identity arguments
    definition: str  # `pg_get_functiondef`


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension that owns a type, function or operator class in use."""

    name: str
    schema: str


LOCKED = "another session holds it locked; scan again when that is over"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A relation of the scanned schemas that the Catalog does not hold, and why."""

    name: TableName
    reason: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """The structure of the scanned schemas. Look-ups by name are the caller's to index."""

    engine: str  # "postgresql" or "sqlite"
    version: str  # "15.18"
    schemas: tuple[str, ...]  # the scanned ones, in the order of the search path or as asked for
    tables: tuple[Table, ...]  # by name
    types: tuple[UserType, ...] = ()  # by name
    sequences: tuple[Sequence, ...] = ()  # by name
    functions: tuple[Function, ...] = ()  # by name, then arguments
    extensions: tuple[Extension, ...] = ()  # by name
    left_out: tuple[LeftOut, ...] = ()  # by name

    def table(self, name: TableName) -> Table:
        """Return the table of that name; KeyError where there is none."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)
