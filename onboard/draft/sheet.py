"""Catalog -> Sheets: what inspectdb is told of each table, in neutral identifiers or in the database's own.

Neutral (`neutral_sheets`): tables are `t12`, columns `c3`, keys are those of the Decisions, and comments,
collations, partial, expression and INCLUDE uniques are left out. Plain (`plain_sheets`): real names and all that
stock inspectdb would read, its mistakes included, which is how the feed is held against stock inspectdb.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onboard.catalog.structure import Catalog, Column, Table, TableKind, TableName
from onboard.decisions.decisions import Decisions, TableDecision


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a column points, and the database's ON DELETE where inspectdb may know it."""

    column: str
    table: str
    on_delete: str | None = None


@dataclass(frozen=True, slots=True)
class Unique:
    """A key or unique index as Django's introspection lists it; None stands for an expression."""

    name: str
    columns: tuple[str | None, ...]
    is_primary_key: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as inspectdb will see it."""

    table: Table
    label: str
    columns: tuple[tuple[str, Column], ...]  # (label, column) in table order
    primary_key: tuple[str, ...] = ()
    references: tuple[tuple[str, Reference], ...] = ()  # by column label, one each
    uniques: tuple[Unique, ...] = ()  # constraints by name, then indexes by name
    is_plain: bool = False  # whether comments and collations are told as well


def table_labels(decisions: Decisions) -> Mapping[TableName, str]:
    """Return the placeholder of each table that gets a model: `t1`, `t2`, ..."""
    return {decision.table: f"t{number}" for number, decision in enumerate(decisions.tables, 1)}


def column_labels(table: Table) -> Mapping[str, str]:
    """Return the placeholder of each column: `c1`, `c2`, ..."""
    return {column.name: f"c{number}" for number, column in enumerate(table.columns, 1)}


def neutral_sheets(catalog: Catalog, decisions: Decisions) -> tuple[Sheet, ...]:
    """Return one sheet per decided table, in the order of the decisions."""
    tables = {table.name: table for table in catalog.tables}
    labels = table_labels(decisions)
    columns = {name: column_labels(tables[name]) for name in labels}
    return tuple(_neutral(tables[decision.table], decision, labels, columns) for decision in decisions.tables)


def _neutral(
    table: Table,
    decision: TableDecision,
    labels: Mapping[TableName, str],
    columns: Mapping[TableName, Mapping[str, str]],
) -> Sheet:
    own = columns[table.name]
    key = decision.primary_key.columns if decision.primary_key else ()
    references = tuple(
        (
            own[relation.columns[0]],
            Reference(columns[relation.references][relation.referenced_columns[0]], labels[relation.references]),
        )
        for relation in decision.relations
        if len(relation.columns) == 1 and relation.references in labels
    )
    uniques = [Unique("pk", tuple(own[name] for name in key), is_primary_key=True)] if key else []
    uniques += [
        Unique(unique.name, tuple(own[name] for name in unique.columns))
        for unique in table.uniques
        if not unique.include
    ]
    return Sheet(
        table,
        labels[table.name],
        tuple((own[column.name], column) for column in table.columns),
        tuple(own[name] for name in key),
        references,
        tuple(uniques),
    )


def plain_sheets(catalog: Catalog) -> tuple[Sheet, ...]:
    """Return the sheets of every table as stock inspectdb would read them, by name."""
    return tuple(
        _plain(table) for table in sorted(catalog.tables, key=lambda table: table.name.name) if _is_listed(table)
    )


def _is_listed(table: Table) -> bool:
    return table.kind not in (TableKind.PARTITION, TableKind.VIEW, TableKind.MATERIALIZED_VIEW)


def _plain(table: Table) -> Sheet:
    key = table.primary_key.columns if table.primary_key else ()
    references = {
        foreign_key.columns[0]: Reference(
            foreign_key.referenced_columns[0], foreign_key.references.name, foreign_key.on_delete
        )
        for foreign_key in table.foreign_keys
        if foreign_key.references.schema == table.name.schema
    }
    constraints = [Unique(unique.name, unique.columns) for unique in table.uniques]
    if table.primary_key:
        constraints.append(Unique(table.primary_key.name, key, is_primary_key=True))
    known = {constraint.name for constraint in constraints}
    # An index over one expression and nothing else is listed without columns.
    indexes = [
        Unique(
            index.name,
            (*((part.column for part in index.parts) if index.columns or len(index.parts) > 1 else ()), *index.include),
        )
        for index in table.indexes
        if index.is_unique and index.name not in known
    ]
    return Sheet(
        table,
        table.name.name,
        tuple((column.name, column) for column in table.columns),
        key,
        tuple(references.items()),
        (*sorted(constraints, key=lambda unique: unique.name), *indexes),
        is_plain=True,
    )
