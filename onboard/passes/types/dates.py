"""PostgreSQL's dates and times.

Django's DateTimeField is a timestamp with time zone; one without gets a helper class that reads and writes naive
values as they stand, whatever USE_TZ says.
"""

from __future__ import annotations

from onboard.catalog.structure import ColumnType
from onboard.passes.family import Family, FieldType, Kit

_OWN = {"date": "DateField", "time": "TimeField", "timestamptz": "DateTimeField", "interval": "DurationField"}
_TYPED = {**{name: f"Typed{field}" for name, field in _OWN.items()}, "timetz": "TypedTimeField"}


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    is_bare = type_.precision is None and not type_.fields
    if type_.name == "timestamp":
        return kit.helper("NaiveDateTimeField") if is_bare else kit.helper("NaiveDateTimeField", column_type=type_.sql)
    if is_bare and type_.name in _OWN:
        return kit.models(_OWN[type_.name])
    return kit.helper(_TYPED[type_.name], column_type=type_.sql)


FAMILY = Family("postgresql", "dates and times", _field, frozenset({*_TYPED, "timestamp"}))
