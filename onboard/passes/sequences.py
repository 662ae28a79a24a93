"""Which columns the database draws from a sequence."""

from __future__ import annotations

from onboard.catalog.structure import Column, TypeKind

_WHOLE = ("int2", "int4", "int8")


def is_drawn(column: Column) -> bool:
    """Whether the database draws every value of it that is not given."""
    is_whole = column.type.kind is TypeKind.BASE and column.type.name in _WHOLE
    is_serial = (column.default or "").startswith("nextval(") and not column.is_nullable
    return is_whole and (bool(column.identity) or is_serial)
