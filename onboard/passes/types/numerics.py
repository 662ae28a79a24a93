"""PostgreSQL's numeric, with and without digits.

Django 6.1 allows a DecimalField without digits; before, and for scales that DecimalField refuses (negative, or
larger than the digits: PostgreSQL 15 and up), a helper class keeps the type.
"""

from __future__ import annotations

from onboard.catalog.structure import ColumnType
from onboard.passes.family import Family, FieldType, Kit


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    digits, places = type_.precision, type_.scale or 0
    if digits is None:
        return kit.models("DecimalField") if kit.target.django >= (6, 1) else _typed(type_, kit)
    if not 0 <= places <= digits:
        return _typed(type_, kit)
    return kit.models("DecimalField", max_digits=digits, decimal_places=places)


def _typed(type_: ColumnType, kit: Kit) -> FieldType:
    return kit.helper("TypedDecimalField", column_type=type_.sql)


FAMILY = Family("postgresql", "numeric", _field, frozenset({"numeric"}))
