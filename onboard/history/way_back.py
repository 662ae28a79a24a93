"""`migrate APP NAME` backwards -> what it would lose, run or stop at, before anybody runs it; reads only.

Each table and column that the migrations on the way made is asked whether it holds anything now, under the name it has
now. Tables that were only told to Django (state operations, unmanaged models) are not dropped and not listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import (
    AddField,
    CreateModel,
    DeleteModel,
    Migration,
    RemoveField,
    RenameField,
    RenameModel,
    RunPython,
    RunSQL,
    SeparateDatabaseAndState,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from onboard.errors import BadInput, Refused
from onboard.history.findings import Finding
from onboard.history.rows import Named
from onboard.history.staged import executor_of, loader_of, nothing_staged

_BACKUP = "Back it up first (`pg_dump -t TABLE`, or a copy of the SQLite file)."


def way_back(connection: BaseDatabaseWrapper, label: str, target: str) -> tuple[Finding, ...]:
    """Return what going back to that migration (or `zero`) costs; nothing where it costs nothing.

    Refused while Django cannot load the history; BadInput for a migration that is unknown or not applied.
    """
    loader = loader_of(connection, nothing_staged())
    executor = executor_of(connection, loader)
    node = _node(loader, label, target)
    going = [migration for migration, is_back in executor.migration_plan([node]) if is_back]
    walked = _Walked(frozenset((one.app_label, one.name) for one in going))
    everything = executor.migration_plan(loader.graph.leaf_nodes(), clean_start=True)
    for migration, _ in everything:
        if (migration.app_label, migration.name) in loader.applied_migrations:
            walked.over(migration)
    return (*_others(going, label), *walked.stops, *walked.findings(connection))


def _node(loader: Any, label: str, target: str) -> tuple[str, str | None]:  # Any: Django's loader
    if label not in loader.migrated_apps:
        raise Refused(f"`{label}` has no migrations.", remedy=f"`onboard adopt {label}` makes the first one.")
    if target == "zero":
        return label, None
    names = sorted(name for app, name in loader.graph.nodes if app == label)
    matches = [name for name in names if name == target] or [name for name in names if name.startswith(target)]
    if len(matches) != 1:
        raise BadInput(
            f"`{target}` is the name of {len(matches)} migrations.", remedy=f"There are: {', '.join(names)}."
        )
    if (label, matches[0]) not in loader.applied_migrations:
        raise BadInput(f"`{label}.{matches[0]}` is not applied here: there is no way back to it.")
    return label, matches[0]


def _others(going: list[Migration], label: str) -> Iterator[Finding]:
    for one in going:
        if one.app_label != label:
            yield Finding(
                "back_takes_others",
                one.app_label,
                f"{one.app_label}.{one.name}",
                "it stands on what is taken back, and goes too",
                "What it did is undone with it.",
                f"`manage.py migrate {one.app_label}` applies it again, where what it stands on is there.",
            )


@dataclass
class _Walked:
    """A walk over all that is applied, which keeps what the migrations that go have made, by its name now."""

    going: frozenset[Named]
    state: ProjectState = field(default_factory=ProjectState)
    models: dict[tuple[str, str], str] = field(default_factory=dict)  # -> the migration that made it
    fields: dict[tuple[str, str, str], str] = field(default_factory=dict)
    stops: list[Finding] = field(default_factory=list)

    def over(self, migration: Migration) -> None:
        """Apply one migration to the state, and keep what it makes if it is to go."""
        goes = (migration.app_label, migration.name) in self.going
        for operation in migration.operations:
            for one in _in_database(operation) if goes else ():
                self._keep(one, migration)
            for one in _in_state(operation):
                self._rename(one, migration.app_label)
            operation.state_forwards(migration.app_label, self.state)

    def findings(self, connection: BaseDatabaseWrapper) -> Iterator[Finding]:
        """Give the tables and columns that will go, those with something in them first."""
        apps = self.state.apps
        found: list[Finding] = []
        for (app, name), migration in self.models.items():
            options = apps.get_model(app, name)._meta
            if options.managed and not options.proxy and not options.swapped:
                joined = [one.remote_field.through._meta for one in options.local_many_to_many]
                made = [options, *(one for one in joined if one.auto_created)]
                found.extend(_table(connection, app, str(one.db_table), migration) for one in made)
        for (app, name, one), migration in self.fields.items():
            model = apps.get_model(app, name)._meta
            if model.managed:
                found.extend(_column(connection, app, model, model.get_field(one), migration))
        yield from sorted(found, key=lambda finding: ("empty" in finding.what, finding.place))

    def _keep(self, operation: Operation, migration: Migration) -> None:
        app = migration.app_label
        if isinstance(operation, CreateModel):
            self.models[app, operation.name_lower] = migration.name
        elif isinstance(operation, AddField) and (app, operation.model_name_lower) not in self.models:
            self.fields[app, operation.model_name_lower, operation.name_lower] = migration.name
        if not operation.reversible:
            self.stops.append(_irreversible(operation, migration))
        elif isinstance(operation, RunPython) and operation.reverse_code is not RunPython.noop:
            self.stops.append(_runs(operation, migration))
        elif isinstance(operation, DeleteModel | RemoveField):
            self.stops.append(_comes_empty(operation, migration))

    def _rename(self, operation: Operation, app: str) -> None:
        """Follow names; forget what has gone since."""
        if isinstance(operation, RenameModel):
            old, new = operation.old_name_lower, operation.new_name_lower
            self.models = {(app, new) if key == (app, old) else key: made for key, made in self.models.items()}
            self.fields = {
                (app, new, key[2]) if key[:2] == (app, old) else key: made for key, made in self.fields.items()
            }
        elif isinstance(operation, RenameField):
            before = (app, operation.model_name_lower, operation.old_name_lower)
            after = (app, operation.model_name_lower, operation.new_name_lower)
            self.fields = {after if key == before else key: made for key, made in self.fields.items()}
        elif isinstance(operation, DeleteModel):
            self.models.pop((app, operation.name_lower), None)
            self.fields = {key: made for key, made in self.fields.items() if key[:2] != (app, operation.name_lower)}
        elif isinstance(operation, RemoveField):
            self.fields.pop((app, operation.model_name_lower, operation.name_lower), None)


def _in_database(operation: Operation) -> tuple[Operation, ...]:
    return tuple(operation.database_operations) if isinstance(operation, SeparateDatabaseAndState) else (operation,)


def _in_state(operation: Operation) -> tuple[Operation, ...]:
    return tuple(operation.state_operations) if isinstance(operation, SeparateDatabaseAndState) else (operation,)


def _table(connection: BaseDatabaseWrapper, app: str, table: str, migration: str) -> Finding:
    holds = _holds(connection, table, "")
    return Finding(
        "back_drops_table",
        app,
        table,
        f"`{migration}` made it, and its reverse drops it: it {'has rows' if holds else 'is empty'}",
        "The rows are lost." if holds else "Nothing is lost but the table.",
        _BACKUP if holds else "Nothing to do.",
    )


def _column(connection: BaseDatabaseWrapper, app: str, model: Any, one: Any, migration: str) -> Iterator[Finding]:
    """A relation to many has a table of its own, or one that a model has."""  # Any: fields know more than the stubs
    if one.many_to_many:
        if one.remote_field.through._meta.auto_created:
            yield _table(connection, app, str(one.remote_field.through._meta.db_table), migration)
        return
    if one.column is None:
        return
    holds = _holds(connection, str(model.db_table), str(one.column))
    yield Finding(
        "back_drops_column",
        app,
        f"{model.db_table}.{one.column}",
        f"`{migration}` added it, and its reverse drops it: it {'has values' if holds else 'is empty'}",
        "The values are lost." if holds else "Nothing is lost but the column.",
        _BACKUP if holds else "Nothing to do.",
    )


def _holds(connection: BaseDatabaseWrapper, table: str, column: str) -> bool:
    quote = connection.ops.quote_name
    where = f" where {quote(column)} is not null" if column else ""
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor) and '"' not in table:
            return False
        cursor.execute(f"select 1 from {quote(table)}{where} limit 1", ())
        return cursor.fetchone() is not None


def _irreversible(operation: Operation, migration: Migration) -> Finding:
    return Finding(
        "back_irreversible",
        migration.app_label,
        f"{migration.app_label}.{migration.name}",
        f"`{type(operation).__name__}` has no reverse",
        "`migrate` stops there with IrreversibleError; what comes after it has been taken back by then.",
        "Give it a reverse (`RunPython.noop` where there is nothing to take back), or do not go that far.",
    )


def _runs(operation: RunPython | RunSQL, migration: Migration) -> Finding:
    name = getattr(getattr(operation, "reverse_code", None), "__name__", "its reverse")
    return Finding(
        "back_runs",
        migration.app_label,
        f"{migration.app_label}.{migration.name}",
        f"`{name}` will run",
        "What it does to rows, nobody but its author knows.",
        "Read it first.",
    )


def _comes_empty(operation: Operation, migration: Migration) -> Finding:
    return Finding(
        "back_comes_empty",
        migration.app_label,
        f"{migration.app_label}.{migration.name}",
        f"what it took away comes back without its contents: {operation.describe()}",
        "The rows or values of then are not there; a column that must have a value may stop the way back.",
        "Restore them from a backup of before, if they are needed.",
    )
