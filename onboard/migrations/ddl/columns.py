"""Columns -> the lines of a `create table`."""

from __future__ import annotations

from collections.abc import Mapping

from onboard.catalog.structure import Column, Sequence, Table, TableKind, TableName
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
    if not column.is_nullable:
        # Under a domain that forbids NULL the Catalog does not tell whether the column forbids it too: it may.
        parts.append("not null")
    return " ".join(parts)


def _identity(column: Column, sequence: Sequence | None) -> str:
    options = f" ({identity_options(sequence)})" if sequence else ""
    return f"generated {column.identity} as identity{options}"
