"""A Django model -> what it claims of its table, in the words of one connection's backend.

Asks the connection's backend for SQL but sends it nothing: it works without a server. What a backend cannot render
is claimed without words, and then compared by name alone.
Source of truth: the public API of models, and the schema editor of Django 5.2 to 6.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, CheckConstraint, ForeignKey, Index, Model, UniqueConstraint
from django.db.models.fields import AutoFieldMixin

from onboard.catalog.structure import TableName
from onboard.decisions.django_names import database_name
from onboard.verify.claims import (
    ClaimedCheck,
    ClaimedColumn,
    ClaimedDefinition,
    ClaimedForeignKey,
    ClaimedIndex,
    ClaimedTable,
    ClaimedUnique,
)
from onboard.verify.located import Located

AnyField = Any  # the stubs lack half of what a field answers here (`db_index`, `db_parameters`, `generated`)
Rendered = TypeVar("Rendered")


def claimed_table(model: type[Model], located: Located, connection: BaseDatabaseWrapper) -> ClaimedTable:
    """Return what the model claims; related tables are found through `located`."""
    options = model._meta
    fields = tuple(column_fields(model, connection))
    comments = connection.features.supports_comments
    return ClaimedTable(
        table=located.table(options.db_table),
        model=options.label,
        is_managed=bool(options.managed),
        columns=tuple(_column(field, connection) for field in fields),
        primary_key=tuple(_column_name(field) for field in _key_fields(model) if field in fields),
        uniques=(*_field_uniques(model, fields), *_constraint_uniques(model, connection)),
        foreign_keys=tuple(_foreign_key(field, located) for field in fields if isinstance(field, ForeignKey)),
        checks=tuple(_checks(model, connection)),
        indexes=(*_field_indexes(fields), *_named_indexes(model, connection)),
        definitions=(*_definitions(model), *_exclusions(model, connection)),
        join_tables=tuple(_join_tables(model, located)),
        comment=(options.db_table_comment or None) if comments else None,
    )


def column_fields(model: type[Model], connection: BaseDatabaseWrapper) -> Iterator[AnyField]:
    """Return the fields that stand for a column; one without a `db_type` (a row address) does not."""
    for field in model._meta.local_concrete_fields:
        if field.column is not None and field.db_parameters(connection)["type"] is not None:
            yield field


def _key_fields(model: type[Model]) -> tuple[AnyField, ...]:
    return tuple(getattr(model._meta, "pk_fields", ()))


def _column(field: AnyField, connection: BaseDatabaseWrapper) -> ClaimedColumn:
    parameters = field.db_parameters(connection)
    is_generated = bool(getattr(field, "generated", False))
    has_default = field.has_db_default()
    return ClaimedColumn(
        name=_column_name(field),
        field=field.name,
        type=parameters["type"] or "",
        is_nullable=field.null,
        is_auto=isinstance(field, AutoField | AutoFieldMixin),
        has_default=has_default,
        default=_rendered(lambda: _default(field, connection)) if has_default else None,
        is_generated=is_generated,
        generated=_rendered(lambda: _generated(field, connection)) if is_generated else None,
        is_stored=bool(getattr(field, "db_persist", True)),
        collation=parameters.get("collation"),
        comment=field.db_comment or None,
        is_relation=isinstance(field, ForeignKey),
        is_join_key=bool(field.primary_key and field.model._meta.auto_created),
        check=_rendered(lambda: field.db_check(connection)),
    )


def _default(field: AnyField, connection: BaseDatabaseWrapper) -> str:
    editor: Any = connection.schema_editor()  # Any: the stubs do not know the methods that make single clauses
    sql, params = editor.db_default_sql(field)
    return str(sql % tuple(_value(param, editor) for param in params) if params else sql)


def _value(param: object, editor: Any) -> str:  # Any: as above
    """The value as a literal; what PostgreSQL spells otherwise than its driver as PostgreSQL keeps it."""
    if isinstance(param, UUID):
        return f"'{param}'::uuid"
    if isinstance(param, timedelta):
        return f"'{_interval(param)}'::interval"
    bare = getattr(param, "obj", getattr(param, "adapted", param))  # as psycopg 3 and 2 wrap bytes
    if isinstance(bare, bytes) and editor.connection.vendor == "postgresql":
        return f"'\\x{bare.hex()}'::bytea"
    return str(editor.quote_value(param))


def _interval(value: timedelta) -> str:
    minutes, seconds = divmod(value.seconds, 60)
    fraction = f".{value.microseconds:06}".rstrip("0").rstrip(".")
    clock = f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}{fraction}"
    days = f"{value.days} day{'' if value.days == 1 else 's'}" if value.days else ""
    return " ".join(filter(None, (days, "" if days and clock == "00:00:00" else clock)))


def _generated(field: AnyField, connection: BaseDatabaseWrapper) -> str:
    editor: Any = connection.schema_editor()  # Any: as above
    sql, params = field.generated_sql(connection)
    return str(sql % tuple(editor.quote_value(param) for param in params) if params else sql)


def _field_uniques(model: type[Model], fields: tuple[AnyField, ...]) -> Iterator[ClaimedUnique]:
    for field in fields:
        if field.unique and not field.primary_key:
            yield ClaimedUnique(None, (_column_name(field),))
    for names in model._meta.unique_together:
        yield ClaimedUnique(None, _columns(model, names))


def _constraint_uniques(model: type[Model], connection: BaseDatabaseWrapper) -> Iterator[ClaimedUnique]:
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield _unique(constraint, model, connection)


def _unique(constraint: Any, model: type[Model], connection: BaseDatabaseWrapper) -> ClaimedUnique:  # Any: as _default
    return ClaimedUnique(
        constraint.name,
        _columns(model, constraint.fields),
        is_partial=constraint.condition is not None,
        condition=_condition(constraint, model, connection),
        include=_columns(model, constraint.include or ()),
        nulls_distinct=constraint.nulls_distinct,
        deferrable=str(constraint.deferrable.value) if constraint.deferrable else None,
    )


def _foreign_key(field: Any, located: Located) -> ClaimedForeignKey:  # Any: ForeignKey is generic in what it holds
    target = field.target_field
    on_delete = getattr(field.remote_field.on_delete, "operation", None)  # DB_CASCADE and its like, from 6.1
    return ClaimedForeignKey(
        (_column_name(field),),
        located.table(target.model._meta.db_table),
        (_column_name(target),),
        bool(field.db_constraint),
        on_delete.lower() if on_delete else None,
    )


def _checks(model: type[Model], connection: BaseDatabaseWrapper) -> Iterator[ClaimedCheck]:
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            yield ClaimedCheck(constraint.name, _check(constraint, model, connection))


def _check(constraint: Any, model: type[Model], connection: BaseDatabaseWrapper) -> str | None:  # Any: as _default
    return _rendered(lambda: str(constraint._get_check_sql(model, connection.schema_editor())))


def _join_tables(model: type[Model], located: Located) -> Iterator[tuple[str, TableName]]:
    for field in model._meta.local_many_to_many:
        through: Any = field.remote_field.through  # Any: the stubs give every shape it has before models are loaded
        if through._meta.auto_created:
            yield field.name, located.table(through._meta.db_table)


def _definitions(model: type[Model]) -> Iterator[ClaimedDefinition]:
    """Constraints of a class that the app was given, known by its `definition`; Django has none of this kind."""
    for constraint in model._meta.constraints:
        definition = getattr(constraint, "definition", None)
        if isinstance(definition, str):
            yield ClaimedDefinition(constraint.name, definition)


def _exclusions(model: type[Model], connection: BaseDatabaseWrapper) -> Iterator[ClaimedDefinition]:
    """Django's own exclusion constraints, of `django.contrib.postgres`, in the words they are made with."""
    for constraint in model._meta.constraints:
        if type(constraint).__name__ == "ExclusionConstraint":
            definition = _rendered(partial(_exclusion, constraint, model, connection))
            if definition is not None:
                yield ClaimedDefinition(constraint.name, definition)


def _exclusion(constraint: Any, model: type[Model], connection: BaseDatabaseWrapper) -> str:  # Any: as _default
    words = str(constraint.constraint_sql(model, connection.schema_editor()))
    return words[words.index(" EXCLUDE ") :].strip()


def _field_indexes(fields: tuple[AnyField, ...]) -> Iterator[ClaimedIndex]:
    for field in fields:
        if field.db_index and not field.unique and field.db_tablespace is not None:
            yield ClaimedIndex(None, (_column_name(field),), (False,))


def _named_indexes(model: type[Model], connection: BaseDatabaseWrapper) -> Iterator[ClaimedIndex]:
    for index in model._meta.indexes:
        names = tuple(name for name, _ in index.fields_orders)
        yield ClaimedIndex(
            index.name,
            _columns(model, names),
            tuple(order == "DESC" for _, order in index.fields_orders),
            method=_method(index),
            is_partial=index.condition is not None,
            condition=_condition(index, model, connection),
            include=_columns(model, index.include),
            definition=getattr(index, "definition", None),
        )


def _method(index: Index) -> str:
    suffix = index.suffix
    return suffix if suffix in ("hash", "gin", "gist", "spgist", "brin", "bloom") else "btree"


def _condition(holder: Any, model: type[Model], connection: BaseDatabaseWrapper) -> str | None:  # Any: as _default
    if holder.condition is None:
        return None
    return _rendered(lambda: str(holder._get_condition_sql(model, connection.schema_editor())))


def _columns(model: type[Model], names: Any) -> tuple[str, ...]:  # Any: Django stores tuples and lists of str
    return tuple(_column_name(model._meta.get_field(name)) for name in names)


def _column_name(field: AnyField) -> str:
    return database_name(str(field.column))


def _rendered(render: Callable[[], Rendered]) -> Rendered | None:
    try:
        return render()
    except Exception:  # an expression is anybody's code: what cannot be rendered is compared by name alone
        return None
