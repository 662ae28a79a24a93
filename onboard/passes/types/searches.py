"""PostgreSQL's full text search types."""

from __future__ import annotations

from onboard.catalog.structure import ColumnType
from onboard.passes.family import Family, FieldType, Kit
from onboard.passes.written import imported


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    if type_.name == "tsvector":
        return FieldType(imported("django.contrib.postgres.search", "SearchVectorField"))
    return kit.helper("TypedTextField", column_type=type_.sql)


FAMILY = Family("postgresql", "text search", _field, frozenset({"tsvector", "tsquery"}))
