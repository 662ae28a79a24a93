"""PostgreSQL's whole numbers, object identifiers included."""

from __future__ import annotations

from onboard.catalog.structure import ColumnType
from onboard.passes.family import Family, FieldType, Kit

_OWN = {"int2": "SmallIntegerField", "int4": "IntegerField", "int8": "BigIntegerField"}


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    if type_.name in _OWN:
        return kit.models(_OWN[type_.name])
    return kit.helper("TypedIntegerField", column_type=type_.sql)


FAMILY = Family("postgresql", "whole numbers, oid", _field, frozenset({*_OWN, "oid"}))
