"""Unmanaged models whose recorded state is not what they are -> the migration that settles it, for the state alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.migrations import Migration, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter

from onboard.history.graph import Graph
from onboard.history.memory import Memory
from onboard.history.staged import StagedFile
from onboard.migrations.state_sync import state_sync

_NAME = "record_unmanaged_models"


@dataclass(frozen=True, slots=True)
class Stale:
    """What the record lacks of an app's unmanaged models."""

    operations: tuple[Operation, ...]
    models: tuple[str, ...]
    dependencies: tuple[tuple[str, str], ...] = ()


def stale_unmanaged(loader: MigrationLoader, current: ProjectState, label: str) -> Stale:
    """Return the state operations that bring the record of an app's unmanaged models up to them; none where it is.

    Django up to 6.1 leaves their relations, indexes and constraints out of what it writes, and never looks again.
    """
    recorded = loader.project_state()
    keys = [
        key
        for key, model in sorted(current.models.items())
        if key[0] == label
        and not model.options.get("managed", True)
        and not model.options.get("proxy", False)
        and key in recorded.models
        and not recorded.models[key].options.get("managed", True)
    ]
    sync = state_sync(recorded, current, loader.graph, keys)
    names = tuple(sorted({_model(operation) for operation in sync.operations}))
    return Stale(sync.operations, names, sync.dependencies)


def settling_migration(memory: Memory, graph: Graph, stale: Stale, label: str) -> StagedFile:
    """Return the migration, after the app's last one."""
    from onboard.history.new_history import next_number

    app = memory.app(label)
    assert app.module is not None
    assert app.folder is not None
    name = f"{next_number(app):04}_{_NAME}"
    operations = [SeparateDatabaseAndState(state_operations=list(stale.operations))]
    parents = [*((label, leaf) for leaf in graph.leaves(label)), *stale.dependencies]
    migration = type("Migration", (Migration,), {"dependencies": parents, "operations": operations})(name, label)
    text = str(MigrationWriter(migration, include_header=False).as_string())
    return StagedFile(label, name, app.module, app.folder / f"{name}.py", text)


def _model(operation: Operation) -> str:
    return str(getattr(operation, "model_name", getattr(operation, "name", "")))
