"""PostgreSQL's enums: choices in the order of the type, the database's type kept."""

from __future__ import annotations

from onboard.catalog.structure import ColumnType, TableName, TypeKind
from onboard.passes.choices import choices_of, members
from onboard.passes.family import Family, FieldType, Kit


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    name = TableName(type_.schema, type_.name)
    labels = kit.user_types[name].labels if name in kit.user_types else ()
    longest = max((len(label) for label in labels), default=63)
    class_name = kit.enum_classes.get(name)
    if class_name is None or not labels:
        return kit.helper("TypedCharField", max_length=longest or 1, column_type=type_.sql)
    choices = choices_of(class_name, members(labels))
    return kit.helper("TypedCharField", max_length=longest or 1, choices=choices, column_type=type_.sql)


FAMILY = Family("postgresql", "enums", _field, kinds=frozenset({TypeKind.ENUM}))
