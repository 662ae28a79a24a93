"""Builds the examples of passes: a small table, what inspectdb writes of it, and what the pass makes of that.

Decided as plainly as can be: a model is named as its table, a field as its column, a relation without its `_id`.
"""

from __future__ import annotations

from onboard.catalog.structure import Catalog, Column, ColumnType, Key, Table, TableKind, TableName
from onboard.decisions.decisions import Decisions, KeyDecision, RelationDecision, TableDecision
from onboard.inference.proposals import Origin
from onboard.passes.passing import Example

WHOLE = ColumnType("pg_catalog", "int4", "integer")
TEXT = ColumnType("pg_catalog", "text", "text")


def name_of(table: str) -> TableName:
    """Return a name in `public`."""
    return TableName("public", table)


def column(
    name: str,
    type_: ColumnType = WHOLE,
    *,
    is_nullable: bool = False,
    default: str | None = None,
    identity: str = "",
    generated: str | None = None,
    collation: str | None = None,
    comment: str | None = None,
) -> Column:
    """Return a column of a whole number, unless said otherwise."""
    return Column(name, type_, is_nullable, default, identity, generated, collation=collation, comment=comment)


def keyed(name: str, *columns: Column, key: tuple[str, ...] = ("id",)) -> Table:
    """Return a table with a primary key."""
    return Table(name_of(name), TableKind.TABLE, columns, Key(f"{name}_pkey", key))


def example(before: str, after: str, *tables: Table) -> Example:
    """Return an example over these tables, of which the first is rewritten; the class lines are left out."""
    return Example(tables, f"class T1(models.Model):\n{before}", after)


def catalog_of(shown: Example) -> Catalog:
    """Return the catalogue of an example."""
    return Catalog("postgresql", "18.0", ("public",), shown.tables)


def decisions_on(shown: Example) -> Decisions:
    """Return what is decided where nobody has a wish."""
    return shown.decided(Decisions("legacy", tuple(_decision(table) for table in shown.tables)))


def _decision(table: Table) -> TableDecision:
    relations = tuple(
        RelationDecision(
            key.columns,
            key.references,
            key.referenced_columns,
            Origin.DECLARED,
            key.references.name if len(key.columns) > 1 else key.columns[0].removesuffix("_id"),
            None,
            on_delete=key.on_delete,
        )
        for key in table.foreign_keys
    )
    related = {relation.columns[0]: relation.field for relation in relations if len(relation.columns) == 1}
    return TableDecision(
        table.name,
        table.name.name.capitalize(),
        table.name.name,
        table.name.name,
        KeyDecision(table.primary_key.columns, Origin.DECLARED) if table.primary_key else None,
        tuple((column.name, related.get(column.name, column.name)) for column in table.columns),
        relations,
    )
