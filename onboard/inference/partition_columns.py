"""The columns that a key of a partitioned table must hold, because each partition can only check its own rows.

Source of truth: PostgreSQL, "Table Partitioning", limitations; the key is written as `pg_get_partkeydef` gives it.
"""

from __future__ import annotations

import re

from onboard.inference.schema import ColumnView, TableView

_KEY = re.compile(r"^(?:range|list|hash) \((.*)\)$", re.IGNORECASE | re.DOTALL)


def partition_columns(table: TableView) -> tuple[ColumnView, ...]:
    """Return the columns that a table is partitioned by; none where one of them is an expression."""
    found = _KEY.match(table.table.partition_key or "")
    if found is None:
        return ()
    spelled = {_spelled(column.name): column for column in table.columns}
    parts = [spelled.get(part.strip()) for part in found.group(1).split(",")]
    return tuple(column for column in parts if column is not None) if all(parts) else ()


def with_partition_columns(table: TableView, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a key in table order, with those that the table is partitioned by."""
    missing = [column for column in partition_columns(table) if column.name not in names]
    if not missing:
        return names
    held = {*names, *(column.name for column in missing)}
    return tuple(column.name for column in table.columns if column.name in held)


def _spelled(name: str) -> str:
    is_plain = re.fullmatch(r"[a-z_][a-z0-9_$]*", name) is not None
    return name if is_plain else '"' + name.replace('"', '""') + '"'
