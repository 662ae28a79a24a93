"""Recorded state + models -> the operations that bring the record up to the models, none of which touches a database.

Up to 6.1 Django's autodetector looks away from unmanaged models; from 6.2 on it does not. Taking `managed` off both
sides makes every version compare the same. Only the models asked for are compared: what else changed in the project
is a later `makemigrations`' to find.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.operations.base import Operation
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import NOT_PROVIDED

Named = tuple[str, str]  # (app label, model name in lower case), as states are keyed


@dataclass(frozen=True, slots=True)
class StateSync:
    """Operations for the recorded state alone, and what they need of other apps."""

    operations: tuple[Operation, ...] = ()
    dependencies: tuple[tuple[str, str], ...] = ()  # as a migration lists them; its own app left out


class _Renames(MigrationQuestioner):
    """Takes a field that went and one that came over the same column for the same field: the record alone changes."""

    def ask_rename(self, model_name: str, old_name: str, new_name: str, field_instance: Any) -> bool:  # Any: Field
        return bool(field_instance.db_column)

    def ask_rename_model(self, old_model_state: ModelState, new_model_state: ModelState) -> bool:
        return bool(old_model_state.options.get("db_table") == new_model_state.options.get("db_table"))

    def ask_not_null_addition(self, field_name: str, model_name: str) -> Any:  # Any: a default
        return NOT_PROVIDED

    def ask_not_null_alteration(self, field_name: str, model_name: str) -> Any:  # Any: a default
        return NOT_PROVIDED


def state_sync(
    recorded: ProjectState, current: ProjectState, graph: MigrationGraph, models: Collection[Named]
) -> StateSync:
    """Return what makes the recorded state of these models what they are now; nothing where it is.

    All models are of one app. One that only the record has is deleted from it, one that it lacks is created. The
    autodetector runs once, whatever their number.
    """
    if not models:
        return StateSync()
    before, after = recorded.clone(), recorded.clone()
    for key in models:
        if key in recorded.models:
            before.models[key] = _tracked(recorded.models[key])
            del after.models[key]
        if key in current.models:
            after.models[key] = _tracked(current.models[key])
    label = next(iter(models))[0]
    found = MigrationAutodetector(before, after, _Renames()).changes(graph=graph, trim_to_apps={label})
    migrations = found.get(label, ())
    operations = tuple(operation for migration in migrations for operation in migration.operations)
    needed = {dependency for migration in migrations for dependency in migration.dependencies}
    return StateSync(operations, tuple(sorted(one for one in needed if one[0] != label)))


def unrecorded(recorded: ProjectState, models: Collection[Named]) -> tuple[Named, ...]:
    """Return those of the models that no migration creates, sorted."""
    return tuple(sorted(key for key in models if key not in recorded.models))


def _tracked(state: ModelState) -> ModelState:
    """The state as 6.2 sees it: of a model that is looked at, managed or not."""
    copy = state.clone()
    copy.options = {name: value for name, value in copy.options.items() if name != "managed"}
    return copy
