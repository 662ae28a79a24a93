"""Columns -> the lines of a `create table`."""

from __future__ import annotations

from collections.abc import Mapping

from onboard.catalog.structure import Column, Sequence, Table, TableKind, TableName, TypeKind
from onboard.migrations.ddl.quoting import identifier
from onboard.migrations.ddl.sequences import identity_options

Identities = Mapping[tuple[TableName, str], Sequence]  # (table, column) -> the sequence of its identity


def column_line(table: Table, column: Column, identities: Identities, *, with_default: bool) -> str:
    """Return the column as `create table` says it; its default may follow later."""
    parts = [identifier(column.name), column.type.sql]
    if column.collation:
        parts.append(f"collate {column.collation}")
    if column.generated is not None:
        parts.append(f"generated always as ({column.generated}) {'stored' if column.is_stored else 'virtual'}")
    elif column.identity and table.kind is not TableKind.PARTITION:
        parts.append(_identity(column, identities.get((table.name, column.name))))
    elif column.default is not None and with_default:
        parts.append(f"default {column.default}")
    if _is_declared_not_null(table, column):
        parts.append("not null")
    return " ".join(parts)


def _identity(column: Column, sequence: Sequence | None) -> str:
    options = f" ({identity_options(sequence)})" if sequence else ""
    return f"generated {column.identity} as identity{options}"


def _is_declared_not_null(table: Table, column: Column) -> bool:
    if column.is_nullable:
        return False
    # A domain that forbids NULL says so for the column; the column itself need not.
    is_key = table.primary_key is not None and column.name in table.primary_key.columns
    return is_key or not (column.type.kind is TypeKind.DOMAIN and column.type.is_not_null)
