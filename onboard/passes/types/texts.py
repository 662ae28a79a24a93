"""PostgreSQL's text types; char(n) comes back without its padding."""

from __future__ import annotations

from onboard.catalog.structure import ColumnType
from onboard.passes.family import Family, FieldType, Kit


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    match type_.name:
        case "text":
            return kit.models("TextField")
        case "varchar" if type_.max_length is None:
            return kit.models("CharField")
        case "varchar":
            return kit.models("CharField", max_length=type_.max_length)
        case "bpchar" if type_.max_length is not None:
            return kit.helper("PaddedCharField", max_length=type_.max_length)
        case "name":
            return kit.helper("TypedCharField", max_length=63, column_type=type_.sql)
        case "char":
            return kit.helper("TypedCharField", max_length=1, column_type=type_.sql)
    return kit.helper("TypedTextField", column_type=type_.sql)


FAMILY = Family("postgresql", "text", _field, frozenset({"text", "varchar", "bpchar", "name", "char"}))
