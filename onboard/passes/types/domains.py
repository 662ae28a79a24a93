"""PostgreSQL's domains: the field of what the domain stands on, with the domain as its type."""

from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import ColumnType, TypeKind
from onboard.passes.family import Family, FieldType, Kit
from onboard.passes.written import argument, code, helper

_TYPED = {
    "models.CharField": "TypedCharField",
    "models.TextField": "TypedTextField",
    "models.SmallIntegerField": "TypedIntegerField",
    "models.IntegerField": "TypedIntegerField",
    "models.BigIntegerField": "TypedIntegerField",
    "models.DecimalField": "TypedDecimalField",
    "models.FloatField": "TypedFloatField",
    "models.BooleanField": "TypedBooleanField",
    "models.DateField": "TypedDateField",
    "models.TimeField": "TypedTimeField",
    "models.DateTimeField": "TypedDateTimeField",
    "models.DurationField": "TypedDurationField",
    "models.UUIDField": "TypedUUIDField",
    "models.BinaryField": "TypedBinaryField",
    "models.JSONField": "TypedJSONField",
}


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    base = kit.field_type(type_.base) if type_.base is not None else kit.helper("TypedTextField")
    name = code(base.function.node)
    if name == "models.CharField" and base.value("max_length") is None:
        return kit.helper("TypedTextField", column_type=type_.sql)
    if name in _TYPED:
        base = replace(base, function=helper(kit.app, _TYPED[name]))
    elif not base.function.helpers or name == "TextArrayField":
        return kit.helper("DriverField", column_type=type_.sql)
    kept = tuple(given for given in base.arguments if given.keyword != "column_type")
    return replace(base, arguments=(*kept, argument("column_type", type_.sql)))


FAMILY = Family("postgresql", "domains", _field, kinds=frozenset({TypeKind.DOMAIN}))
