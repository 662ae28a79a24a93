"""PostgreSQL's network addresses. GenericIPAddressField refuses a mask (`10.0.0.0/8`), which inet may hold."""

from __future__ import annotations

from onboard.catalog.structure import ColumnType
from onboard.passes.family import Family, FieldType, Kit


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    if type_.name == "inet":
        return kit.helper("InetField")
    return kit.helper("TypedTextField", column_type=type_.sql)


FAMILY = Family("postgresql", "network addresses", _field, frozenset({"inet", "cidr", "macaddr", "macaddr8"}))
