"""Whether PostgreSQL lets a column of one type refer to a key of another, without a cast that it would not find.

Stricter than the server: what is not plainly the same is left to a person. Source: the operator families of the manual.
"""

from __future__ import annotations

from onboard.catalog.structure import ColumnType, TypeKind

_FAMILIES = (frozenset({"int2", "int4", "int8"}), frozenset({"text", "varchar"}))


def are_joinable(one: ColumnType, other: ColumnType) -> bool:
    """Whether equality between the two is that of the key's own index."""
    here, there = _standing(one), _standing(other)
    if (here.schema, here.name) == (there.schema, there.name):
        return True
    return here.schema == there.schema == "pg_catalog" and any({here.name, there.name} <= one for one in _FAMILIES)


def _standing(type_: ColumnType) -> ColumnType:
    while type_.kind is TypeKind.DOMAIN and type_.base is not None:
        type_ = type_.base
    return type_
