"""Recorded state + newly generated models -> the migration that follows a database which others have changed.

It brings the record up to the models that are not Django's, all in the state alone, and makes new tables where they are
absent. Loaded models and migrations come in; no database is asked.
"""

from __future__ import annotations

import importlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.migrations import CreateModel, Migration, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter

from onboard.migrations.baseline import statements_module
from onboard.migrations.promotion import History, followed_elsewhere, leaf
from onboard.migrations.state_sync import Named, state_sync


@dataclass(frozen=True, slots=True)
class Followed:
    """What the project's migrations and models come to."""

    name: str  # the migration that `text` is, or the one that the next difference will be
    text: str  # "" where the record is what the models say and no table is new
    promoted: tuple[str, ...]  # classes that any migration ever promoted, in lower case, sorted
    owned: tuple[str, ...] = ()  # tables of all managed models of the project: their migrations make them; sorted


def followed_database(history: History, *, new_tables: Collection[str]) -> Followed:
    """Return the migration that brings the record up to the app's unmanaged models; Refused where there are two leaves.

    It also makes those of `new_tables`, by name, that no migration of the project makes, where they are absent.
    """
    owned = _owned(history.current)
    is_making = not owned.issuperset(new_tables)
    last, number = leaf(history)
    name = f"{number + 1:04}_follow_database"
    promoted = _ever_promoted(history)
    keys = _unmanaged(history, history.current) | _unmanaged(history, history.recorded)
    keys -= {key for state in (history.current, history.recorded) for key in keys if _is_managed(state, key)}
    sync = state_sync(history.recorded, history.current, history.loader.graph, sorted(keys))
    if not sync.operations and not is_making:
        return Followed(name, "", promoted, tuple(sorted(owned)))
    dependencies = [(history.app_label, last), *sync.dependencies]
    statements = statements_module(name) if is_making else ""
    operations = _operations(history, sync.operations, statements, promoted)
    body = {"dependencies": dependencies, "operations": operations}
    migration: Migration = type("Migration", (Migration,), body)(name, history.app_label)
    return Followed(name, MigrationWriter(migration, include_header=False).as_string(), promoted, tuple(sorted(owned)))


def _owned(state: ProjectState) -> set[str]:
    """Return the tables of managed models, join tables included."""
    return {model._meta.db_table for model in state.apps.get_models(include_auto_created=True) if model._meta.managed}


def _operations(
    history: History, sync: Sequence[Operation], statements: str, promoted: Sequence[str]
) -> list[Operation]:
    own = importlib.import_module(f"{history.loader.migrations_module(history.app_label)[0]}._onboard")
    operations: list[Operation] = []
    if sync:
        operations.append(SeparateDatabaseAndState(state_operations=[_unmanaged_model(one) for one in sync]))
    if statements:
        operations.append(own.CreateAbsentTables(statements))
    return operations + followed_elsewhere(history, sync, demoted=promoted)


def _unmanaged_model(operation: Operation) -> Operation:
    """A model that is created here is as little Django's as the others; `state_sync` compares without that flag."""
    if isinstance(operation, CreateModel):
        operation.options["managed"] = False
    return operation


def _unmanaged(history: History, state: ProjectState) -> set[Named]:
    return {
        key
        for key, model in state.models.items()
        if key[0] == history.app_label and not model.options.get("managed", True) and not model.options.get("proxy")
    }


def _is_managed(state: ProjectState, key: Named) -> bool:
    return key in state.models and bool(state.models[key].options.get("managed", True))


def _ever_promoted(history: History) -> tuple[str, ...]:
    """Return the models that a migration of the app hands to Django, or that the record says are Django's."""
    recorded = {name for label, name in history.recorded.models if label == history.app_label}
    names = {name for name in recorded if history.is_recorded_managed(name)}
    for (label, _), migration in history.loader.disk_migrations.items():
        if label == history.app_label:
            flips = (one for one in migration.operations if type(one).__name__ == "Promote")
            names |= {name.lower() for flip in flips for name in flip.names}  # type: ignore[attr-defined]  # ours
    return tuple(sorted(names))
