"""Models and a live database -> the Differences between them: the one proof that every rewriting stands on.

The comparison itself is `onboard.verify`; here is only which models are held against which database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.apps.registry import Apps, apps
from django.db import router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from onboard.catalog.dsn import dsn_from_settings
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection
from onboard.catalog.structure import Catalog
from onboard.decisions.django_names import database_names
from onboard.verify.differences import Difference, Severity
from onboard.verify.verify import is_table, verify


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
    named = {schema for model in models for schema in database_names(model._meta.db_table)[:-1]}
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
    found = verify(models, catalog, connection=connection, search_path=search_path(connection))
    return tuple(one for one in found if one.severity is not Severity.COSMETIC and one.kind not in accepted)
