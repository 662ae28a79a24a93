"""Families of column types: each file of `types/` turns its types into Django fields and declares `FAMILY`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from onboard.catalog.structure import ColumnType, TableName, TypeKind, UserType
from onboard.declared import declared
from onboard.passes import types
from onboard.passes.target import Target
from onboard.passes.written import Argument, Literal, Written, argument, helper, models


@dataclass(frozen=True, slots=True)
class FieldType:
    """A field class, the arguments that come of the column's type, and what is lost, if anything."""

    function: Written
    arguments: tuple[Argument, ...] = ()
    note: str = ""  # holds the type's name, never a column's

    def value(self, keyword: str | None) -> Written | None:
        """Return the value of an argument, or None."""
        return next((given.value for given in self.arguments if given.keyword == keyword), None)


@dataclass(frozen=True, slots=True)
class Kit:
    """What a family may use: the app, the target, the database's own types, and the field of another type."""

    app: str
    target: Target
    user_types: Mapping[TableName, UserType]
    enum_classes: Mapping[TableName, str]
    field_type: Callable[[ColumnType], FieldType]

    def models(self, name: str, **arguments: Literal | Written) -> FieldType:
        """Return one of Django's own fields."""
        return FieldType(models(name), tuple(argument(key, value) for key, value in arguments.items()))

    def helper(self, name: str, **arguments: Literal | Written) -> FieldType:
        """Return a field of a class that is generated into the app's fields.py."""
        return FieldType(helper(self.app, name), tuple(argument(key, value) for key, value in arguments.items()))


@dataclass(frozen=True, slots=True)
class Family:
    """Types that are treated alike. Without names it answers for every type of its kinds."""

    engine: str
    summary: str
    field: Callable[[ColumnType, Kit], FieldType]
    names: frozenset[str] = frozenset()
    kinds: frozenset[TypeKind] = frozenset({TypeKind.BASE})


def families(engine: str) -> Callable[[ColumnType], Family | None]:
    """Return the look-up of an engine's families: by kind and name, then by kind alone."""
    index: dict[tuple[TypeKind, str], Family] = {}
    for family in declared(types, "FAMILY", Family):
        if family.engine == engine:
            for kind in family.kinds:
                index.update({(kind, name): family for name in family.names or ("",)})

    def look_up(type_: ColumnType) -> Family | None:
        return index.get((type_.kind, type_.name)) or index.get((type_.kind, ""))

    return look_up


def settled_types(
    engine: str,
    app: str,
    target: Target,
    user_types: Mapping[TableName, UserType],
    enum_classes: Mapping[TableName, str],
) -> Callable[[ColumnType], FieldType]:
    """Return the function from column type to field; each distinct type is settled once."""
    look_up = families(engine)
    known: dict[ColumnType, FieldType] = {}

    def settle(type_: ColumnType) -> FieldType:
        if type_ not in known:
            family = look_up(type_)
            known[type_] = family.field(type_, kit) if family else _as_text(type_, kit)
        return known[type_]

    kit = Kit(app, target, user_types, enum_classes, settle)
    return settle


def _as_text(type_: ColumnType, kit: Kit) -> FieldType:
    """A type nobody knows is read and written in the server's own text form."""
    return kit.helper("TypedTextField", column_type=type_.sql)
