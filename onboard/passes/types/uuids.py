"""PostgreSQL's uuid."""

from __future__ import annotations

from onboard.catalog.structure import ColumnType
from onboard.passes.family import Family, FieldType, Kit


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    return kit.models("UUIDField")


FAMILY = Family("postgresql", "uuid", _field, frozenset({"uuid"}))
