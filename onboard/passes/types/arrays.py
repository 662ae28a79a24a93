"""PostgreSQL's arrays of any element the driver can take apart; of several dimensions, one field inside the other.

Of types it does not know by number (enums, domains, extension types) the driver hands over the array's text, which
a helper class reads.
"""

from __future__ import annotations

from onboard.catalog.structure import ColumnType, TypeKind
from onboard.passes.family import Family, FieldType, Kit
from onboard.passes.written import argument, call, helper, imported


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    if type_.element is None or type_.element.kind in (TypeKind.COMPOSITE, TypeKind.PSEUDO):
        return kit.helper("TypedTextField", column_type=type_.sql)
    element = kit.field_type(type_.element)
    is_known = type_.element.kind is not TypeKind.DOMAIN and type_.element.schema == "pg_catalog"
    function = (
        imported("django.contrib.postgres.fields", "ArrayField") if is_known else helper(kit.app, "TextArrayField")
    )
    inner = call(element.function, element.arguments)
    for _ in range(type_.dimensions - 1):
        inner = call(function, (argument(None, inner),))
    return FieldType(function, (argument(None, inner),), element.note)


FAMILY = Family("postgresql", "arrays", _field, kinds=frozenset({TypeKind.ARRAY}))
