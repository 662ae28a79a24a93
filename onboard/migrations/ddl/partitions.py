"""Partitions and inheritance -> the statements that hang tables under their parents.

A partition that was scanned as a table of its own is made as one, with the indexes and keys of its own names, and then
attached, where the server finds that they match the parent's. One that was not is made from its parent.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from onboard.catalog.structure import Partition, Table, TableKind, TableName
from onboard.migrations.ddl.quoting import qualified


def partition_statements(table: Table, scanned: Set[TableName]) -> Iterator[str]:
    """Yield one statement a partition, parents first.

    They run after everything else of the tables: the indexes made for them then take no name that another needs.
    """
    if table.kind is TableKind.PARTITIONED:
        for partition in table.partitions:
            yield _partition(partition, partition.parent or table.name, is_made=partition.name in scanned)


def inherit_statements(table: Table, scanned: Set[TableName]) -> Iterator[str]:
    """Yield one statement a parent; the child keeps the order of its columns, which `inherits` would change."""
    if table.kind in (TableKind.TABLE, TableKind.CHILD):
        for parent in table.parents:
            if parent in scanned:
                yield f"alter table {qualified(table.name)} inherit {qualified(parent)}"


def _partition(partition: Partition, parent: TableName, *, is_made: bool) -> str:
    if is_made:
        return f"alter table {qualified(parent)} attach partition {qualified(partition.name)} {partition.bound}"
    again = f" partition by {partition.partition_key}" if partition.partition_key else ""
    return f"create table {qualified(partition.name)} partition of {qualified(parent)} {partition.bound}{again}"
