"""What is held against the database: an app's models with the tables they mean, and its migrations on disk.

The project is loaded already (`django.setup()` is the caller's). Reads files, no database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import Model

from onboard.catalog.structure import Catalog, TableName
from onboard.errors import BadInput, Refused
from onboard.migrations.promotion import Handover, History
from onboard.verify.located import Located, located
from onboard.verify.verify import is_table


@dataclass(frozen=True, slots=True)
class Subject:
    """One app beside the catalogue it was generated from."""

    app_label: str
    alias: str
    models: Mapping[TableName, type[Model]]  # those with a table of their own, by table
    history: History
    located: Located

    @property
    def connection(self) -> BaseDatabaseWrapper:
        """The connection of the alias; nothing is sent through it here."""
        return connections[self.alias]

    @property
    def settings(self) -> dict[str, Any]:  # Any: an entry of DATABASES is whatever the project wrote
        """The alias's entry of DATABASES."""
        return dict(connections[self.alias].settings_dict)

    def is_promoted(self, table: TableName) -> bool:
        """Whether both the model and the record say that the table is Django's."""
        model = self.models[table]
        return bool(model._meta.managed) and bool(self.history.is_recorded_managed(model.__name__))

    def is_unmanaged(self, table: TableName) -> bool:
        """Whether both the model and the record say that the table is not Django's."""
        model = self.models[table]
        return not model._meta.managed and not self.history.is_recorded_managed(model.__name__)

    def handover(self, table: TableName) -> Handover:
        """Return the table with the name of its class."""
        return Handover(table, self.models[table].__name__)


def subject(
    app: str, catalog: Catalog, *, search_path: tuple[str, ...] = (), alias: str | None = None, installed: str = ""
) -> Subject:
    """Return the app's models and migrations; Refused, with the words `installed`, while the project lacks the app.

    `alias` is the database to speak of; by default the one the routers write the app's models to.
    """
    config = next((one for one in apps.get_app_configs() if one.name.rpartition(".")[2] == app), None)
    if config is None:
        raise Refused(f"The app `{app}` is not in the project's settings.", remedy=installed)
    models = [model for model in config.get_models() if is_table(model)]
    found = located(catalog, search_path)
    return Subject(
        app_label=config.label,
        alias=_alias(models, alias),
        # Of several models on one table the first counts: the generated one, not a person's second view of it.
        models={found.table(model._meta.db_table): model for model in reversed(models)},
        history=_history(config.label),
        located=found,
    )


def _alias(models: list[type[Model]], asked: str | None) -> str:
    if asked is not None and asked not in connections:
        known = ", ".join(f"`{alias}`" for alias in connections)
        raise BadInput(f"The settings name no database `{asked}`.", remedy=f"They name {known}.")
    return asked or (router.db_for_write(models[0]) if models else DEFAULT_DB_ALIAS)


def _history(app_label: str) -> History:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return History(app_label, loader, loader.project_state(), ProjectState.from_apps(apps))
