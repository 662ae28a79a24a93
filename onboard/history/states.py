"""The running project's models -> states for Django's autodetector, unmanaged models as whole as others."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.apps import apps
from django.db.migrations import CreateModel, Migration
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from onboard.history.questions import NoGuesses

Changes = dict[str, list[Migration]]


def current_state() -> ProjectState:
    """Return the state of the project's models as they are now."""
    return ProjectState.from_apps(apps)


def without_apps(state: ProjectState, labels: Collection[str]) -> ProjectState:
    """Return the state with all but these apps' models."""
    return ProjectState({key: model.clone() for key, model in state.models.items() if key[0] not in labels})


def initial_operations(
    state: ProjectState,
    labels: Collection[str],
    graph: MigrationGraph,
    name: str,
    *,
    start: ProjectState | None = None,
) -> Changes:
    """Return the first migrations of these apps, several where they stand on each other in a circle.

    `start` is what is there already; nothing of these apps where it is left out.

    Up to 6.1 the autodetector writes an unmanaged model without its relations, indexes and constraints; it is handed
    in as a managed one, and told what it is afterwards.
    """
    unmanaged = {key for key, model in state.models.items() if not model.options.get("managed", True)}
    before = start.clone() if start is not None else without_apps(state, labels)
    after = state.clone()
    for key in unmanaged:
        after.models[key] = _managed(after.models[key])
        if key in before.models:
            before.models[key] = _managed(before.models[key])
    detector = MigrationAutodetector(before, after, NoGuesses(specified_apps=set(labels)))
    changes: Changes = detector.changes(graph=graph, trim_to_apps=set(labels), migration_name=name)
    found = {label: migrations for label, migrations in changes.items() if label in labels}
    for label, migrations in found.items():
        for migration in migrations:
            _mark_unmanaged(migration.operations, label, unmanaged)
    return found


def unmade_changes(
    loader: MigrationLoader, labels: Collection[str], state: ProjectState | None = None
) -> tuple[Operation, ...]:
    """Return what `makemigrations` would still write for these apps; nothing where history and models agree."""
    detector = MigrationAutodetector(
        loader.project_state(), (state or current_state()).clone(), NoGuesses(specified_apps=set(labels))
    )
    changes: Changes = detector.changes(graph=loader.graph, trim_to_apps=set(labels), convert_apps=set(labels))
    return tuple(
        operation
        for label, migrations in sorted(changes.items())
        if label in labels
        for migration in migrations
        for operation in migration.operations
    )


def _managed(model: ModelState) -> ModelState:
    copy = model.clone()
    copy.options = {name: value for name, value in copy.options.items() if name != "managed"}
    return copy


def _mark_unmanaged(operations: Iterable[Operation], label: str, unmanaged: Collection[tuple[str, str]]) -> None:
    for operation in operations:
        if isinstance(operation, CreateModel) and (label, operation.name_lower) in unmanaged:
            operation.options = {**operation.options, "managed": False}
