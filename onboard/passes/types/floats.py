"""PostgreSQL's binary floating point; Django has a field for double precision alone."""

from __future__ import annotations

from onboard.catalog.structure import ColumnType
from onboard.passes.family import Family, FieldType, Kit


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    if type_.name == "float8":
        return kit.models("FloatField")
    return kit.helper("TypedFloatField", column_type=type_.sql)


FAMILY = Family("postgresql", "real, double precision", _field, frozenset({"float4", "float8"}))
