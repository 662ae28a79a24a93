"""The hstore extension."""

from __future__ import annotations

from onboard.catalog.structure import ColumnType
from onboard.passes.family import Family, FieldType, Kit
from onboard.passes.written import imported


def _field(type_: ColumnType, kit: Kit) -> FieldType:
    return FieldType(imported("django.contrib.postgres.fields", "HStoreField"))


FAMILY = Family("postgresql", "hstore", _field, frozenset({"hstore"}))
