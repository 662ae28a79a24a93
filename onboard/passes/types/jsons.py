"""PostgreSQL's jsonb, which is Django's JSONField, and json, which is not."""

from __future__ import annotations

from onboard.catalog.structure import ColumnType
from onboard.passes.family import Family, FieldType, Kit


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    return kit.models("JSONField") if type_.name == "jsonb" else kit.helper("PlainJSONField")


FAMILY = Family("postgresql", "json, jsonb", _field, frozenset({"json", "jsonb"}))
