"""Sheets -> what Django's PostgreSQL introspection would have read from the server.

The numbers are those of `pg_type`, which never change for built-in types; a type without one here is left to
inspectdb to guess, as it would be on a server.
"""

from __future__ import annotations

from collections.abc import Mapping

import django.db.backends.postgresql.base  # noqa: F401  Django 6.1 cannot import the introspection before it
from django.db.backends.postgresql.features import DatabaseFeatures
from django.db.backends.postgresql.introspection import DatabaseIntrospection, FieldInfo, TableInfo

from onboard.catalog.structure import Column, ColumnType, TypeKind
from onboard.draft.feed import Feed, Relation, StandIn, constraints, relations
from onboard.draft.sheet import Sheet

_OIDS = {
    "bool": 16, "bytea": 17, "int8": 20, "int2": 21, "int4": 23, "text": 25, "float4": 700, "float8": 701, "inet": 869,
    "bpchar": 1042, "varchar": 1043, "date": 1082, "time": 1083, "timestamp": 1114, "timestamptz": 1184,
    "interval": 1186, "timetz": 1266, "numeric": 1700, "uuid": 2950, "jsonb": 3802,
}  # fmt: skip


class _Introspection(DatabaseIntrospection):
    """Django's own mapping of types, over sheets instead of a server."""

    def __init__(self, connection: StandIn, sheets: Mapping[str, Sheet]) -> None:
        super().__init__(connection)  # type: ignore[arg-type]  # a stand-in: no method that is left reads from it
        self._sheets = sheets

    def get_table_list(self, cursor: object) -> list[TableInfo]:  # type: ignore[override]  # as Django's own does
        return [
            TableInfo(sheet.label, "t", sheet.table.comment if sheet.is_plain else None)
            for sheet in self._sheets.values()
        ]

    def get_table_description(self, cursor: object, table_name: str) -> list[FieldInfo]:
        sheet = self._sheets[table_name]
        return [_field(label, column, is_plain=sheet.is_plain) for label, column in sheet.columns]

    def get_relations(self, cursor: object, table_name: str) -> dict[str, Relation]:  # type: ignore[override]
        return relations(self._sheets[table_name])

    def get_constraints(self, cursor: object, table_name: str) -> dict[str, dict[str, object]]:  # type: ignore[override]
        return constraints(self._sheets[table_name])

    def get_primary_key_columns(self, cursor: object, table_name: str) -> list[str] | None:
        return list(self._sheets[table_name].primary_key) or None


def _field(label: str, column: Column, *, is_plain: bool) -> FieldInfo:
    base = _base(column.type)
    size = base.max_length if base.name in ("varchar", "bpchar") else None
    is_number = base.name == "numeric"
    return FieldInfo(
        label,
        _OIDS.get(base.name, 0) if base.schema == "pg_catalog" else 0,
        size,
        size,
        base.precision if is_number else None,
        base.scale if is_number else None,
        column.is_nullable,
        column.default if column.default is not None else column.generated,
        _collation(column, base) if is_plain else None,
        bool(column.identity),
        column.comment if is_plain else None,
    )


def _base(type_: ColumnType) -> ColumnType:
    """A cursor describes a domain by what it stands on."""
    while type_.kind is TypeKind.DOMAIN and type_.base is not None:
        type_ = type_.base
    return type_


def _collation(column: Column, base: ColumnType) -> str | None:
    if column.collation is None:
        return "C" if base.name == "name" else None  # the collation of the type itself
    return column.collation.rpartition(".")[2].strip('"')


FEED = Feed("postgresql", _Introspection, DatabaseFeatures)
