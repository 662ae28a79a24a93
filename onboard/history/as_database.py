"""Models + Differences -> the state of the models as the database really is, as far as fields can say it.

From it a history is written that is true today; what Django then finds between it and the models is the migration
that brings the database to them. A difference that no field can say (a column the models do not know) is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.migrations.state import ModelState, ProjectState
from django.db.models import NOT_PROVIDED, Index, Model
from django.db.models import fields as fields_

from onboard.catalog.structure import Catalog, Column, Table
from onboard.decisions.django_names import database_name
from onboard.verify.differences import Difference
from onboard.verify.located import Located, located

AnyField = Any  # fields answer more than the stubs know

_PLAIN: Mapping[str, type[fields_.Field[Any, Any]]] = {
    "int2": fields_.SmallIntegerField,
    "int4": fields_.IntegerField,
    "int8": fields_.BigIntegerField,
    "text": fields_.TextField,
    "bool": fields_.BooleanField,
    "date": fields_.DateField,
    "time": fields_.TimeField,
    "timestamptz": fields_.DateTimeField,
    "float8": fields_.FloatField,
    "uuid": fields_.UUIDField,
    "bytea": fields_.BinaryField,
    "inet": fields_.GenericIPAddressField,
    "interval": fields_.DurationField,
    "integer": fields_.IntegerField,
    "bigint": fields_.BigIntegerField,
    "smallint": fields_.SmallIntegerField,
    "datetime": fields_.DateTimeField,
    "real": fields_.FloatField,
}
_AUTO: Mapping[str, type[fields_.Field[Any, Any]]] = {
    "int2": fields_.SmallAutoField,
    "int4": fields_.AutoField,
    "int8": fields_.BigAutoField,
    "integer": fields_.AutoField,
}


@dataclass(frozen=True, slots=True)
class AsDatabase:
    """The patched state, and what it could not say."""

    state: ProjectState
    left: tuple[Difference, ...]


def as_database(
    state: ProjectState,
    models: Iterable[type[Model]],
    differences: Iterable[Difference],
    catalog: Catalog,
) -> AsDatabase:
    """Return the state in which every difference that a field or an option can say is the database's way."""
    patched = state.clone()
    found = located(catalog)
    by_table = {str(found.table(model._meta.db_table)): model for model in models}
    left: list[Difference] = []
    for one in differences:
        model = by_table.get(one.table)
        if model is None or not _patch(patched, model, one, catalog, found):
            left.append(one)
    return AsDatabase(patched, tuple(left))


def _patch(
    state: ProjectState,
    model: type[Model],
    one: Difference,
    catalog: Catalog,
    found: Located,
) -> bool:
    key = (model._meta.app_label, str(model._meta.model_name))
    if key not in state.models:
        return False
    changed = state.models[key].clone()
    names = {database_name(str(field.column)): field.name for field in model._meta.local_concrete_fields}
    table = catalog.table(found.table(model._meta.db_table))
    columns = {column.name: column for column in table.columns}
    if not (_patched(changed, one, names, columns) or _claimed(changed, one, names, table)):
        return False
    state.models[key] = changed
    return True


def _patched(
    model: ModelState,
    one: Difference,
    names: Mapping[str, str],
    columns: Mapping[str, Column],
) -> bool:
    name = names.get(one.place)
    match one.kind:
        case "column_missing" if name is not None:
            return without_field(model, name)
        case "null_forbidden" | "null_allowed" if name is not None and one.place in columns:
            return _with(model, name, null=columns[one.place].is_nullable)
        case "type_differs" if name is not None and one.place in columns:
            return _with_type(model, name, columns[one.place])
        case "default_missing" if name is not None:
            return _with(model, name, db_default=NOT_PROVIDED, _db_default_expression=None)
        case "collation_differs" if name is not None and one.place in columns:
            return _with(model, name, db_collation=columns[one.place].collation)
        case "foreign_key_missing" if name is not None:
            return _with(model, name, db_constraint=False)
        case "foreign_key_unclaimed" if name is not None and _is_relation(model.fields[name]):
            return _with(model, name, db_constraint=True)
        case "index_missing":
            return _without_option(model, "indexes", one.place) or _flag_off(model, names, one.place, "db_index")
        case "unique_missing":
            return (
                _without_option(model, "constraints", one.place)
                or _without_together(model, names, one.place)
                or _flag_off(model, names, one.place, "_unique")
            )
        case "check_missing":
            return _without_option(model, "constraints", one.place)
    return False


def _claimed(model: ModelState, one: Difference, names: Mapping[str, str], table: Table) -> bool:
    """What the table enforces or has, and the model does not know, by the names it has there."""
    if one.kind == "unique_unclaimed":
        key = next((key for key in table.uniques if one.place in (key.name, ", ".join(key.columns))), None)
        fields = [names.get(column) for column in key.columns] if key else []
        if not fields or None in fields:
            return False
        if len(fields) == 1:
            return _with(model, str(fields[0]), _unique=True)
        together = set(model.options.get("unique_together") or ())
        model.options["unique_together"] = {*together, tuple(str(field) for field in fields)}
        return True
    if one.kind == "index_unclaimed":
        index = next((index for index in table.indexes if index.name == one.place), None)
        fields = [names.get(column) for column in index.columns] if index else []
        if not fields or None in fields:
            return False
        if len(fields) == 1 and not _is_relation(model.fields[str(fields[0])]):
            return _with(model, str(fields[0]), db_index=True)
        if len(one.place) > Index.max_name_length:
            return False
        made = Index(fields=[str(field) for field in fields], name=one.place)
        model.options["indexes"] = [*model.options.get("indexes", []), made]
        return True
    return False


def _is_relation(field: AnyField) -> bool:
    return field.remote_field is not None


def _with(model: ModelState, name: str, **attributes: object) -> bool:
    field: AnyField = model.fields[name].clone()
    for attribute, value in attributes.items():
        setattr(field, attribute, value)
    model.fields[name] = field
    return True


def _flag_off(model: ModelState, names: Mapping[str, str], column: str, flag: str) -> bool:
    name = names.get(column)
    if name is None or not getattr(model.fields[name], flag, False):
        return False
    return _with(model, name, **{flag: False})


def _with_type(model: ModelState, name: str, column: Column) -> bool:
    """The field that writes the column's type, with everything else of the model's own."""
    field: AnyField = model.fields[name]
    if _is_relation(field) or field.__class__.__module__.partition(".")[0] != "django":
        return False
    is_auto: bool = field.get_internal_type().endswith("AutoField")
    replacement = _field_for(column, is_auto=is_auto)
    if replacement is None:
        return False
    shared = (
        "primary_key",
        "null",
        "blank",
        "_unique",
        "db_index",
        "db_column",
        "default",
        "verbose_name",
        "help_text",
    )
    for attribute in shared:
        setattr(replacement, attribute, getattr(field, attribute))
    replacement.auto_created, replacement.serialize = field.auto_created, field.serialize
    model.fields[name] = replacement
    return True


def _field_for(column: Column, *, is_auto: bool) -> AnyField | None:
    kind = column.type.name
    if is_auto:
        return _AUTO[kind](primary_key=True) if kind in _AUTO else None
    if kind in ("varchar", "bpchar") and column.type.max_length:
        return fields_.CharField(max_length=column.type.max_length)
    if kind in ("numeric", "decimal") and column.type.precision is not None:
        return fields_.DecimalField(max_digits=column.type.precision, decimal_places=column.type.scale or 0)
    return _PLAIN[kind]() if kind in _PLAIN else None


def without_field(model: ModelState, name: str) -> bool:
    """Take a field out of the state, with the indexes and constraints that need it; False for a key, which stays."""
    if getattr(model.fields[name], "primary_key", False):
        return False
    del model.fields[name]
    for option in ("indexes", "constraints"):
        kept = [one for one in model.options.get(option, []) if name not in _fields_of(one)]
        if option in model.options:
            model.options[option] = kept
    if "unique_together" in model.options:
        model.options["unique_together"] = {one for one in model.options["unique_together"] if name not in one}
    return True


def _fields_of(one: AnyField) -> set[str]:
    """The fields an index or constraint names, conditions and expressions included."""
    return {*getattr(one, "fields", ()), *getattr(one, "include", ()), *_words(getattr(one, "condition", None))} | {
        name.lstrip("-") for expression in getattr(one, "expressions", ()) for name in _words(expression)
    }


def _words(expression: object) -> set[str]:
    text = repr(expression) if expression is not None else ""
    return set("".join(c if c.isalnum() or c == "_" else " " for c in text).split())


def _without_option(model: ModelState, option: str, name: str) -> bool:
    every = model.options.get(option, [])
    kept = [one for one in every if one.name != name]
    if len(kept) == len(every):
        return False
    model.options[option] = kept
    return True


def _without_together(model: ModelState, names: Mapping[str, str], place: str) -> bool:
    wanted = {names.get(column.strip(), "") for column in place.split(",")}
    together = model.options.get("unique_together") or set()
    kept = {one for one in together if set(one) != wanted}
    if len(kept) == len(together):
        return False
    model.options["unique_together"] = kept
    return True
