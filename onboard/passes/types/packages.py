"""Types of extensions whose fields come in packages of their own: PostGIS and pgvector, kept as text.

The generated app imports Django and the driver alone, so the type is named and its text form read and written.
"""

from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import ColumnType
from onboard.passes.family import Family, FieldType, Kit

_OWNERS = {
    **dict.fromkeys(("geometry", "geography", "raster"), "PostGIS, for which `django.contrib.gis` has fields"),
    **dict.fromkeys(("vector", "halfvec", "sparsevec"), "pgvector, for which the package `pgvector` has fields"),
}


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    field = kit.helper("TypedTextField", column_type=type_.sql)
    return replace(field, note=f"the type `{type_.sql}` is of {_OWNERS[type_.name]}; it is read and written as text")


FAMILY = Family("postgresql", "PostGIS, pgvector", _field, frozenset(_OWNERS))
