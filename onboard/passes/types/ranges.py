"""PostgreSQL's ranges and multiranges.

Django has fields for five of the six built-in ranges; the one over timestamps without zone has a helper class,
ranges of the database's own and all multiranges pass the driver's own values through.
"""

from __future__ import annotations

from onboard.catalog.structure import ColumnType, TypeKind
from onboard.passes.family import Family, FieldType, Kit
from onboard.passes.written import imported

_OWN = {
    "int4range": "IntegerRangeField",
    "int8range": "BigIntegerRangeField",
    "numrange": "DecimalRangeField",
    "daterange": "DateRangeField",
    "tstzrange": "DateTimeRangeField",
}


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    if type_.schema == "pg_catalog" and type_.name in _OWN:
        return FieldType(imported("django.contrib.postgres.fields", _OWN[type_.name]))
    if type_.schema == "pg_catalog" and type_.name == "tsrange":
        return kit.helper("NaiveDateTimeRangeField")
    return kit.helper("DriverField", column_type=type_.sql)


FAMILY = Family("postgresql", "ranges", _field, kinds=frozenset({TypeKind.RANGE, TypeKind.MULTIRANGE}))
