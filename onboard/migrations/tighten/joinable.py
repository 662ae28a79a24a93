"""Whether PostgreSQL lets a column of one type refer to a key of another, without a cast that it would not find.

Stricter than the server: what is not plainly the same is left to a person. Source: the operator families of the manual.
"""

from __future__ import annotations

from onboard.catalog.structure import ColumnType, TypeKind

_FAMILIES = (frozenset({"int2", "int4", "int8"}), frozenset({"text", "varchar"}))
# What the server turns into the key's type by itself (implicit casts of `pg_cast`), so that the key's index serves.
_WIDENED = {"numeric": ("int2", "int4", "int8"), "float8": ("int2", "int4", "int8", "float4", "numeric")}


def are_joinable(one: ColumnType, other: ColumnType) -> bool:
    """Whether equality between the two is that of the key's own index."""
    here, there = _standing(one), _standing(other)
    if (here.schema, here.name) == (there.schema, there.name):
        return True
    if not here.schema == there.schema == "pg_catalog":
        return False
    is_widened = here.name in _WIDENED.get(there.name, ())
    return is_widened or any({here.name, there.name} <= one for one in _FAMILIES)


def _standing(type_: ColumnType) -> ColumnType:
    while type_.kind is TypeKind.DOMAIN and type_.base is not None:
        type_ = type_.base
    return type_
