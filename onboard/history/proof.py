"""Models and a live database -> the Differences between them: the one proof that every rewriting stands on.

The comparison itself is `onboard.verify`; here is only which models are held against which database.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from django.apps.registry import Apps, apps
from django.db import router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from onboard.catalog.dsn import dsn_from_settings
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection
from onboard.catalog.structure import Catalog
from onboard.verify.differences import Difference, Severity
from onboard.verify.located import located
from onboard.verify.verify import is_table, verify

_SCHEMA = re.compile(r'^"?([^".]+)"\."[^"]+"?$')

_JOINED = "join_table_missing"  # join tables are compared as the models they have


def models_of(
    labels: Collection[str], alias: str, *, registry: Apps = apps, managed: bool = True
) -> tuple[type[Model], ...]:
    """Return the models of these apps that have a table of Django's in this database, join tables included.

    `registry` may be a rendered state instead of the running project. With `managed` off, the unmanaged ones.
    """
    found = (model for model in registry.get_models(include_auto_created=True) if model._meta.app_label in labels)
    return tuple(
        model
        for model in found
        if is_table(model) and bool(model._meta.managed) is managed and router.allow_migrate_model(alias, model)
    )


def live_catalog(connection: BaseDatabaseWrapper, models: Iterable[type[Model]] = ()) -> Catalog:
    """Return the structure behind a connection: its search path's schemas and those that `db_table`s name."""
    named = {match[1] for model in models if (match := _SCHEMA.match(model._meta.db_table))}
    schemas: tuple[str, ...] = ()
    if connection.vendor == "postgresql" and named:
        path = search_path(connection)
        schemas = (*path, *sorted(named - set(path)))
    return read_snapshot(dsn_from_settings(connection.settings_dict), Selection(schemas=schemas)).catalog


def search_path(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """Return the schemas in which plain names are looked for, in order; none on SQLite."""
    if connection.vendor != "postgresql":
        return ()
    with connection.cursor() as cursor:
        cursor.execute("select pg_catalog.current_schemas(false)")
        row = cursor.fetchone()
    return tuple(schema for schema in (row[0] if row else ()) if not schema.startswith("pg_"))


def differences(
    models: Iterable[type[Model]], connection: BaseDatabaseWrapper, *, accepted: Collection[str] = ()
) -> tuple[Difference, ...]:
    """Return where these models and the live database part; what is cosmetic or `accepted` by kind is left out."""
    models = tuple(models)
    return differences_in(models, live_catalog(connection, models), connection, accepted=accepted)


def differences_in(
    models: Iterable[type[Model]],
    catalog: Catalog,
    connection: BaseDatabaseWrapper,
    *,
    accepted: Collection[str] = (),
) -> tuple[Difference, ...]:
    """Return the same against a catalogue that has been read already."""
    models = tuple(models)
    found = verify(models, catalog, connection=connection, search_path=search_path(connection))
    own = _of_django_itself(models, catalog, connection)
    left_out = {*accepted, _JOINED}
    own |= {(str(one.name), "", "table_missing") for one in catalog.left_out}  # virtual tables: they are there
    return tuple(
        one
        for one in found
        if one.severity is not Severity.COSMETIC
        and one.kind not in left_out
        and (one.table, one.place, one.kind) not in own
    )


def _of_django_itself(
    models: Iterable[type[Model]], catalog: Catalog, connection: BaseDatabaseWrapper
) -> frozenset[tuple[str, str, str]]:
    """What Django makes and its own models do not say, as (table, place, kind).

    Checks that fields bring along (`PositiveIntegerField`). The key of a join table: in a migration it gets the
    settings' DEFAULT_AUTO_FIELD, in the running project the AppConfig's; nothing refers to it.
    """
    found = located(catalog, search_path(connection))
    tables = {table.name: table for table in catalog.tables}
    own: set[tuple[str, str, str]] = set()
    for model in models:
        table = tables.get(found.table(model._meta.db_table))
        columns = {field.column for field in model._meta.local_concrete_fields if field.db_check(connection)}
        for check in table.checks if table else ():
            if len(check.columns) == 1 and check.columns[0] in columns:
                own.add((str(table.name if table else ""), check.name, "check_unclaimed"))
        if table and model._meta.auto_created and model._meta.pk is not None:
            own.add((str(table.name), str(model._meta.pk.column), "type_differs"))
    return frozenset(own)
