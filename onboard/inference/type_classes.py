"""Sorts column types into the classes within which keys can refer to each other.

Source of truth: `pg_type` names on PostgreSQL, the rules of affinity (datatype3.html) on SQLite.
"""

from __future__ import annotations

from enum import Enum

from onboard.catalog.structure import ColumnType, TypeKind

_WHOLE = frozenset(
    [
        "int2",
        "int4",
        "int8",
        "integer",
        "int",
        "smallint",
        "bigint",
        "mediumint",
        "tinyint",
        "serial",
        "bigserial",
        "smallserial",
        "oid",
    ]
)
_TEXT = frozenset(
    ["text", "varchar", "bpchar", "char", "character", "citext", "name", "clob", "nchar", "nvarchar", "string"]
)
_DATE = frozenset(["date", "timestamp", "timestamptz", "datetime"])
_FRACTIONS = frozenset(["float4", "float8", "float", "real", "double", "money"])


class TypeClass(Enum):
    """Values of one class can be compared with the database's own equality."""

    WHOLE = "whole number"
    TEXT = "text"
    UUID = "uuid"
    DATE = "date"  # only ever a part of a composite key
    ENUM = "enum"
    OTHER = "other"  # never a key

    __hash__ = object.__hash__  # that of an Enum is written in Python, and each column is looked up by its class


class TypeClasses:
    """The classes of types on one engine: most columns of a database have one of a few types."""

    def __init__(self, engine: str) -> None:
        self._engine = engine
        self._known: dict[tuple[str, int | None], TypeClass] = {}

    def of(self, column_type: ColumnType) -> TypeClass:
        """Return the class of a column's type."""
        if column_type.kind is not TypeKind.BASE:
            return type_class(column_type, self._engine)
        name = column_type.name, column_type.scale
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = type_class(column_type, self._engine)
        return known


def type_class(column_type: ColumnType, engine: str) -> TypeClass:
    """Return the class of a column's type; a domain is of the class of what it stands on."""
    while column_type.kind is TypeKind.DOMAIN and column_type.base is not None:
        column_type = column_type.base
    if column_type.kind is TypeKind.ENUM:
        return TypeClass.ENUM
    if column_type.kind is not TypeKind.BASE:
        return TypeClass.OTHER
    if engine == "sqlite":
        return _by_affinity(column_type)
    return _by_name(column_type)


def is_short(column_type: ColumnType) -> bool:
    """Whether values of a type are whole numbers of at most 32 bits, on a server that holds columns to their types."""
    return _is_named(column_type, ("int2", "int4"))


def is_integer(column_type: ColumnType) -> bool:
    """Whether values of a type are never anything but whole numbers, on a server that holds columns to their types."""
    return _is_named(column_type, ("int2", "int4", "int8"))


def _is_named(column_type: ColumnType, names: tuple[str, ...]) -> bool:
    while column_type.kind is TypeKind.DOMAIN and column_type.base is not None:
        column_type = column_type.base
    return column_type.kind is TypeKind.BASE and column_type.name in names


def _by_name(column_type: ColumnType) -> TypeClass:
    name = column_type.name
    if name in _WHOLE or (name == "numeric" and not column_type.scale):
        return TypeClass.WHOLE
    if name == "uuid":
        return TypeClass.UUID
    if name in _TEXT:
        return TypeClass.TEXT
    return TypeClass.DATE if name in _DATE else TypeClass.OTHER


def _by_affinity(column_type: ColumnType) -> TypeClass:
    words = column_type.name.replace("(", " ").split()
    name = words[0] if words else ""
    if name in _DATE:
        return TypeClass.DATE
    if name in ("uuid", "guid", "uniqueidentifier"):
        return TypeClass.UUID
    if "int" in name or name in _WHOLE:
        return TypeClass.WHOLE
    if any(part in name for part in ("char", "clob", "text")) or name in _TEXT:
        return TypeClass.TEXT
    if name in ("numeric", "decimal", "number", "dec") and not column_type.scale:
        return TypeClass.WHOLE
    return TypeClass.OTHER
