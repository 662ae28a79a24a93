"""The type of a SQLite column as declared (`VARCHAR(255)`) -> ColumnType.

Source of truth: https://sqlite.org/datatype3.html: the words are free, the numbers in parentheses ignored by SQLite.
"""

from __future__ import annotations

import re

from onboard.catalog.structure import ColumnType

_MODIFIERS = re.compile(r"\(\s*([+-]?\d+)\s*(?:,\s*([+-]?\d+)\s*)?\)")
_LENGTHS = ("char", "text", "clob", "binary", "blob", "string", "bit")
_NUMBERS = ("numeric", "decimal", "number", "dec")


def column_type(declared: str) -> ColumnType:
    """Return the type; its name is lower-cased, spaces squeezed, without what stands in parentheses."""
    name = " ".join(re.sub(r"\([^)]*\)", " ", declared).lower().split())
    found = _MODIFIERS.search(declared)
    if found is None:
        return ColumnType(schema="", name=name, sql=declared)
    first, second = found.groups()
    if any(word in name for word in _LENGTHS):
        return ColumnType(schema="", name=name, sql=declared, max_length=int(first))
    if any(word in name for word in _NUMBERS):
        return ColumnType(schema="", name=name, sql=declared, precision=int(first), scale=int(second or 0))
    return ColumnType(schema="", name=name, sql=declared)
