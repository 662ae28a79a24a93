"""Models and tables without a true record -> the history, and the record, but only if it is true.

Per table: one that is there must be what the models say; one that is missing is made; one that differs stops its app,
with both ways out: the history of the database as it is and the migration from there to the models, or the models'
own change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter
from django.db.models import Model

from onboard.catalog.structure import Catalog, TableName
from onboard.errors import Refused
from onboard.history.ahead import as_it_is, models_on, needing_default, next_steps, sql_of, with_steps, without_tables
from onboard.history.as_database import as_database
from onboard.history.beyond import unsettled_on_disk
from onboard.history.build import leaves_of
from onboard.history.memory import Memory, read_memory
from onboard.history.mentions import inside
from onboard.history.new_history import NewHistory, new_history
from onboard.history.proof import differences, live_catalog, models_of
from onboard.history.questions import NoGuesses
from onboard.history.reset import Names, require_installed, rows_after
from onboard.history.rewrite import Rewrite, Statement
from onboard.history.rows import of_apps
from onboard.history.staged import Staged, StagedFile, loader_of, nothing_staged
from onboard.history.states import Changes, current_state, unmade_changes
from onboard.project.files import File, FileTree, tree_of
from onboard.verify.differences import Difference
from onboard.verify.located import located


@dataclass(frozen=True, slots=True)
class Offer:
    """A way from the database to the models: where a history can start, and the migration from there."""

    app: str
    name: str
    text: str  # of the migration
    needs_default: tuple[str, ...]  # fields that rows which exist need a value for
    left: tuple[Difference, ...]  # what no migration can say


@dataclass(frozen=True, slots=True)
class Adoption:
    """What an adoption will do."""

    rewrite: Rewrite
    differences: tuple[Difference, ...] = ()  # not empty: nothing may be done
    missing: tuple[str, ...] = ()  # tables that will be made
    offers: tuple[Offer, ...] = ()
    history: NewHistory | None = None  # None where the files are there already
    steps: tuple[StagedFile, ...] = ()  # migrations that are left for `migrate`
    steps_sql: tuple[str, ...] = ()  # what they will send


def plan_adoption(
    root: Path,
    connection: BaseDatabaseWrapper,
    labels: Collection[str],
    *,
    accepted: Collection[str] = (),
    renamed_from: str | None = None,
) -> Adoption:
    """Return the plan; with differences in it where a table is not what its model says, and then offers only.

    Refused where the files on disk do not say what the models say.
    """
    memory = read_memory(connection)
    require_installed(memory, labels)
    models = models_of(labels, connection.alias)
    every = differences(models, connection, accepted=accepted)
    missing = frozenset(one.table for one in every if one.kind == "table_missing")
    wrong = tuple(one for one in every if one.table not in missing)
    if wrong and all(memory.app(label).files for label in labels):
        wrong = unsettled_on_disk(wrong, models, connection, leaves_of(*labels))
    apps = tuple(sorted({*labels, *([renamed_from] if renamed_from else [])}))
    if wrong:
        catalog = live_catalog(connection, models)
        offers = tuple(_offers(labels, models, every, catalog, connection))
        return Adoption(Rewrite("adopt", apps, tree_of(())), wrong, offers=offers)
    without = frozenset(label for label in labels if not memory.app(label).files)
    history = new_history(memory, root, without, (), replaced=False) if without else None
    staged = history.staged if history else nothing_staged()
    _prove_files(staged, labels)
    names = {label: (history.names.get(label, ()) if history and label in without else ()) for label in labels}
    names |= {label: memory.app(label).names for label in labels if label not in without}
    before = of_apps(memory.rows, apps)
    after = rows_after(of_apps(memory.rows, labels), names, {}, kept=_every_name(memory, labels))
    makes, tables = _making(missing, models, connection) if missing else ((), ())
    files = history.files if history else FileTree(())
    rewrite = Rewrite("adopt", apps, files, history.remove if history else (), before, after, tables, makes)
    return Adoption(rewrite, (), tuple(sorted(missing)), (), history)


def plan_as_database(
    root: Path, connection: BaseDatabaseWrapper, labels: Collection[str], *, accepted: Collection[str] = ()
) -> Adoption:
    """Return the plan that records the database as it is, and leaves the way to the models as a next migration.

    Only for apps without migrations. The history is held against the database like any other: with differences in
    the plan where fields cannot say all of it. Refused where rows that exist would need a value nobody has given.
    """
    memory = read_memory(connection)
    require_installed(memory, labels)
    for label in sorted(labels):
        if memory.app(label).files:
            raise Refused(
                f"`{label}` has migrations: a history that is true cannot be put before them.",
                remedy=f"Bring the models to the database, then `onboard reset {label}`.",
            )
    models = models_of(labels, connection.alias)
    catalog = live_catalog(connection, models)
    every = differences(models, connection, accepted=accepted)
    patched = as_it_is(models, every, catalog)
    proven = models_of(labels, connection.alias, registry=patched.apps)
    wrong = differences(proven, connection, accepted=accepted)
    apps = tuple(sorted(labels))
    if wrong:
        return Adoption(Rewrite("adopt", apps, tree_of(())), wrong)
    history = new_history(memory, root, labels, (), replaced=False, state=patched)
    steps = next_steps(memory, history, patched, labels)
    files = tree_of([*history.files.files, *(File(PurePosixPath(inside(root, one.path)), one.text) for one in steps)])
    sql = sql_of(connection, with_steps(history.staged, steps), steps)
    before = of_apps(memory.rows, labels)
    after = rows_after(before, history.names, {}, kept=_every_name(memory, labels))
    return Adoption(
        Rewrite("adopt", apps, files, history.remove, before, after), history=history, steps=steps, steps_sql=sql
    )


def _making(
    missing: Collection[str], models: Iterable[type[Model]], connection: BaseDatabaseWrapper
) -> tuple[tuple[TableName, ...], tuple[Statement, ...]]:
    """Return the tables that are to be made, and the statements that make them."""
    models = tuple(models)
    catalog = live_catalog(connection, models)
    wanted = models_on(missing, models, catalog)
    found = located(catalog)
    return tuple(found.table(model._meta.db_table) for model in wanted), make_tables(wanted, connection)


def make_tables(models: Iterable[type[Model]], connection: BaseDatabaseWrapper) -> tuple[Statement, ...]:
    """Return the statements that make these models' tables, in an order in which none refers to what is not there.

    Join tables that Django makes with a model come with it. Refused where a name holds a `%`: Django's schema editor
    writes it twice where its queries mean it once.
    """
    editor: Any = connection.schema_editor(collect_sql=True, atomic=False)  # Any: the stubs lack `deferred_sql`
    editor.deferred_sql = []
    wanted = list(models)
    _refuse_percent(wanted)
    by_itself = [model for model in wanted if not model._meta.auto_created]
    alone = [model for model in wanted if _made_with(model) is not None and _made_with(model) not in by_itself]
    for model in [*by_itself, *alone]:
        editor.create_model(model)
    lines = [str(line).rstrip(";") for line in (*editor.collected_sql, *editor.deferred_sql)]
    return tuple(Statement(line) for line in lines if line.strip() and not line.lstrip().startswith("--"))


def _refuse_percent(models: Iterable[type[Model]]) -> None:
    for model in models:
        names = [model._meta.db_table, *(str(field.column) for field in model._meta.local_concrete_fields)]
        if any("%" in name for name in names):
            raise Refused(
                f"Django cannot make the table of `{model._meta.label}`: a name in it holds a `%`.",
                where=f"`{model._meta.db_table}`",
                remedy="Make the table by hand, then run this again.",
            )


def _made_with(model: type[Model]) -> object:
    """The model with which Django makes this join table; None for any other."""
    return model._meta.auto_created or None


def _every_name(memory: Memory, labels: Collection[str]) -> Names:
    return {label: tuple(row.name for row in memory.rows if row.app == label) for label in labels}


def _prove_files(staged: Staged, labels: Collection[str]) -> None:
    loader = loader_of(None, staged)
    if unmade := unmade_changes(loader, labels):
        raise Refused(
            f"The migrations do not say what the models say: {unmade[0].describe()}.",
            remedy="Run `manage.py makemigrations` first, or check out the models that go with the migrations.",
        )


def _offers(
    labels: Collection[str],
    models: tuple[type[Model], ...],
    every: tuple[Difference, ...],
    catalog: Catalog,
    connection: BaseDatabaseWrapper,
) -> Iterable[Offer]:
    """The migration from the database as it is to the models, an app each."""
    current = current_state()
    existing = [one for one in every if one.kind != "table_missing"]
    patched = as_database(current, models, existing, catalog)
    without_tables(patched.state, models, every, catalog)
    changes = _between(patched.state, current, labels)
    for label in sorted(changes):
        for migration in changes[label]:
            own = [model for model in models if model._meta.app_label == label]
            left = tuple(one for one in patched.left if models_on([one.table], own, catalog))
            yield Offer(label, migration.name, _text(migration), tuple(needing_default(migration)), left)


def _between(before: ProjectState, after: ProjectState, labels: Collection[str]) -> Changes:
    detector = MigrationAutodetector(before, after.clone(), NoGuesses(specified_apps=set(labels)))
    changes: Changes = detector.changes(
        graph=MigrationGraph(), trim_to_apps=set(labels), migration_name="to_the_models"
    )
    return {label: found for label, found in changes.items() if label in labels}


def _text(migration: Migration) -> str:
    return str(MigrationWriter(migration, include_header=False).as_string())
