"""Chooses how the values of a child are looked for in a parent: all at once, through an index, or in one pass.

Few values against a large parent are looked up one by one where an index serves, which costs the same at any size.
"""

from __future__ import annotations

from collections.abc import Sequence

from onboard.inference.rows import Lookup
from onboard.inference.schema import ColumnView

_FEWER = 20  # times fewer rows in the child than in the parent, from which on looking values up pays
_FEW = 2  # from which on one pass over the parent is quicker than gathering its values
_METHODS = ("btree", "hash")
_FAMILIES = (frozenset(("int2", "int4", "int8")), frozenset(("text", "varchar")))


def lookup(
    child: Sequence[ColumnView], child_rows: int, parent: Sequence[ColumnView], parent_rows: int, *, engine: str
) -> Lookup:
    """Return the way for the pairs of columns; `child_rows` are those that are read, in a sample or all."""
    if child_rows * _FEWER > parent_rows:
        is_gathered = engine == "sqlite" or child_rows * _FEW > parent_rows
        return Lookup.ALL if is_gathered else Lookup.SCAN
    serves = engine == "sqlite" or all(_same_family(ours, theirs) for ours, theirs in zip(child, parent, strict=True))
    return Lookup.INDEX if serves and _is_indexed(parent) else Lookup.SCAN


def _same_family(ours: ColumnView, theirs: ColumnView) -> bool:
    """Whether an index on one finds values of the other: comparing across types would read the table each time."""
    names = {ours.column.type.name, theirs.column.type.name}
    return len(names) == 1 or any(names <= family for family in _FAMILIES)


def _is_indexed(columns: Sequence[ColumnView]) -> bool:
    table = columns[0].table.table
    names = {column.name for column in columns}
    listed = [
        index.columns for index in table.indexes if index.is_plain and index.is_valid and index.method in _METHODS
    ]
    listed.extend(key.columns for key in table.uniques)
    if table.primary_key is not None:
        listed.append(table.primary_key.columns)
    return any(set(index[: len(names)]) == names for index in listed)
