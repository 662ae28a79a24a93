"""PostgreSQL's bytea."""

from __future__ import annotations

from onboard.catalog.structure import ColumnType
from onboard.passes.family import Family, FieldType, Kit


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    return kit.models("BinaryField")


FAMILY = Family("postgresql", "bytea", _field, frozenset({"bytea"}))
