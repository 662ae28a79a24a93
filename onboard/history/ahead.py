"""Models that are ahead of their tables -> the state of the tables as they are, and the migrations from there.

So that a first history can be true today, and what is still to come is a migration like any other: read, then run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ProjectState
from django.db.models import Model

from onboard.catalog.structure import Catalog
from onboard.errors import Refused
from onboard.history.as_database import as_database
from onboard.history.memory import Memory
from onboard.history.new_history import NewHistory
from onboard.history.questions import NoGuesses
from onboard.history.staged import Staged, StagedFile, loader_of
from onboard.history.states import Changes, current_state
from onboard.history.written import migration_text
from onboard.verify.differences import Difference
from onboard.verify.located import located


def as_it_is(models: Iterable[type[Model]], every: Iterable[Difference], catalog: Catalog) -> ProjectState:
    """Return the state of the project's models in which these differences are the database's way."""
    every, models = tuple(every), tuple(models)
    present = [one for one in every if one.kind != "table_missing"]
    state = as_database(current_state(), models, present, catalog).state
    without_tables(state, models, every, catalog)
    return state


def next_steps(
    memory: Memory, history: NewHistory, state: ProjectState, labels: Collection[str]
) -> tuple[StagedFile, ...]:
    """Return the migrations from that state to the models, after the new first ones.

    Refused where rows that exist would need a value that nobody has given.
    """
    loader = loader_of(None, history.staged)
    detector = MigrationAutodetector(state, current_state(), NoGuesses(specified_apps=set(labels)))
    changes: Changes = detector.changes(graph=loader.graph, trim_to_apps=set(labels), migration_name="to_the_models")
    steps = []
    for label in sorted(set(changes) & set(labels)):
        app = memory.app(label)
        assert app.folder is not None
        assert app.module is not None
        for migration in changes[label]:
            if needed := tuple(needing_default(migration)):
                raise Refused(
                    f"Rows that exist would need a value for {', '.join(f'`{one}`' for one in needed)}.",
                    remedy="Give the field a default, or `null=True`, in the model.",
                )
            text = migration_text(migration)
            steps.append(StagedFile(label, migration.name, app.module, app.folder / f"{migration.name}.py", text))
    return tuple(steps)


def with_steps(staged: Staged, steps: tuple[StagedFile, ...]) -> Staged:
    """Return what will be on disk with these migrations too."""
    return replace(staged, files=(*staged.files, *steps))


def sql_of(connection: BaseDatabaseWrapper, staged: Staged, steps: tuple[StagedFile, ...]) -> tuple[str, ...]:
    """Return what `sqlmigrate` will print for these migrations; nothing is run."""
    loader = loader_of(connection, staged)
    plan = [(loader.graph.nodes[step.app, step.name], False) for step in steps]
    return tuple(str(line) for line in loader.collect_sql(plan))


def models_on(tables: Collection[str], models: Iterable[type[Model]], catalog: Catalog) -> list[type[Model]]:
    """Return the models of these tables, as differences name them."""
    found = located(catalog)
    return [model for model in models if str(found.table(model._meta.db_table)) in tables]


def without_tables(
    state: ProjectState, models: Iterable[type[Model]], every: Iterable[Difference], catalog: Catalog
) -> None:
    """Take the models out whose tables are missing."""
    missing = {one.table for one in every if one.kind == "table_missing"}
    for model in models_on(missing, models, catalog):
        state.models.pop((model._meta.app_label, str(model._meta.model_name)), None)


def needing_default(migration: Migration) -> Iterable[str]:
    """Give the fields of a migration that rows which exist need a value for."""
    for operation in migration.operations:
        field = getattr(operation, "field", None)
        if field is not None and getattr(operation, "preserve_default", True) is False:
            yield f"{getattr(operation, 'model_name', '')}.{getattr(operation, 'name', '')}"
