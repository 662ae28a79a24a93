"""PostgreSQL's composite and pseudo types, which Django has no field for: the driver's text, read and written."""

from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import ColumnType, TypeKind
from onboard.passes.family import Family, FieldType, Kit


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    field = kit.helper("TypedTextField", column_type=type_.sql)
    return replace(field, note=f"the composite type `{type_.sql}` is read and written as text")


FAMILY = Family("postgresql", "composite types", _field, kinds=frozenset({TypeKind.COMPOSITE, TypeKind.PSEUDO}))
