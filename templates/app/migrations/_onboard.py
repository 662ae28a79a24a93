"""The operations that the migrations of this app use beside Django's own.

The tables of this app were there before Django, and other programs may use them. So its first migration only
records them, and makes them where they are absent (an empty database: tests, CI, a new developer); `Promote` later
hands a table to Django. Nothing in this module ever drops, changes or empties a table, in either direction.

Needs Django alone. Migrations import this module, so it stays for as long as they do; the leading underscore
keeps Django from taking it for a migration.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.core.management.base import CommandError
from django.db import DatabaseError, router, transaction
from django.db.migrations.operations.base import Operation, OperationCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.operations import CreateModel
    from django.db.migrations.state import ProjectState
    from django.db.models import Model

logger = logging.getLogger(__name__)


# What `_baseline.py` says.


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """One table as the scanned database defines it, and the statements that make it there."""

    schema: str
    name: str
    model: str  # "" for a table that has no model, and is made because another refers to it
    columns: Sequence[str]
    create: Sequence[str]  # the table itself, last; before it what it alone needs
    finish: Sequence[str] = ()  # what follows once every table is there: indexes, comments
    foreign_keys: Sequence[tuple[tuple[str, str], str]] = ()  # ((schema, table) it refers to, statement)
    partitions: Sequence[str] = ()

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"


@dataclass(frozen=True, kw_only=True, eq=False)
class View:
    """One view or materialised view; it never decides whether tables are made."""

    schema: str
    name: str
    model: str
    create: Sequence[str]

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"


@dataclass(frozen=True, kw_only=True, eq=False)
class Baseline:
    """Everything that the models of one migration stand on, in the words of the database that was scanned."""

    engine: str  # "postgresql" or "sqlite"
    optional: Sequence[str] = ()  # schemas and extensions, which may be there or need other rights
    before: Sequence[str] = ()  # types, sequences, functions
    tables: Sequence[Table] = ()
    between: Sequence[str] = ()  # functions that need the tables
    views: Sequence[View] = ()
    # Of tables that earlier migrations made: ((schema, table), (schema, table) it refers to, statement).
    foreign_keys: Sequence[tuple[tuple[str, str], tuple[str, str], str]] = ()
    not_made: Sequence[tuple[str, str]] = ()  # (what, why): these statements could not be written
    # The module beside this one that holds the database's own DDL, triggers and functions included. It is run in one
    # piece, instead of the statements above, where all of the tables are made.
    ddl: str = ""


# The operations.


class RecordModels(Operation):
    """Put models into the recorded state, all at once; the database is left alone in both directions.

    As operations of their own, each `CreateModel` would render again every model that is related to it:
    38 seconds for 400 tables, whenever a test database is made. And whatever squashing folds together,
    there is no `CreateModel` left here whose reverse could drop a table.
    """

    category = OperationCategory.ADDITION
    serialization_expand_args = ["models"]  # noqa: RUF012 (Django's own name and kind)

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models to the state; they are rendered together when they are next asked for."""
        state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Do nothing: `CreateAbsentTables` follows."""

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Do nothing: the tables were there first."""

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return f"Record {_count(len(self.models), 'model')} of existing tables"

    @property
    def migration_name_fragment(self) -> str:
        """The part of a migration's name."""
        return "record_models"


class CreateAbsentTables(Operation):
    """Make the recorded tables where none of them exists; never touch a database that has them.

    None of them exists: all are made. All exist: their column names are compared. Some exist: it stops.
    Only models that the router allows on this database count.
    """

    category = OperationCategory.ADDITION
    reduces_to_sql = True

    def __init__(self, statements: str = "_baseline") -> None:
        self.statements = statements  # the module beside this one that holds a `BASELINE`

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Do nothing: the models are recorded by other operations."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Make what is absent, or stop with the reason."""
        connection = schema_editor.connection
        baseline = _baseline(self.statements)
        recorded = _recorded(app_label, to_state)
        _refuse_unrecorded(baseline, recorded, self.statements)
        # Operation.allow_migrate_model() says no to every unmanaged model, so the router is asked itself.
        models = {
            name: model for name, model in recorded.items() if router.allow_migrate_model(connection.alias, model)
        }
        baseline = _allowed(baseline, models)
        if not baseline.tables:
            _make_absent_views(baseline, schema_editor)
            return
        if schema_editor.collect_sql:
            schema_editor.collected_sql.append("-- Only where none of these tables exists:")
            _make(baseline, models, schema_editor)
        elif _all_absent(baseline, models, connection):
            with _undoable(schema_editor):
                _make(baseline, models, schema_editor)
                _refuse_unreachable(baseline, models, connection)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Do nothing: whether the tables were made here or were there before, they hold rows by now."""

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return "Create the recorded tables where none of them exists"

    @property
    def migration_name_fragment(self) -> str:
        """The part of a migration's name."""
        return "create_absent_tables"


class FollowElsewhere(Operation):
    """Add the columns that recorded tables lack, in a database of another kind than the one that was scanned.

    There the tables were made from the models of an earlier migration. On the scanned kind, statements of the newest
    shape made them, or they were there before Django: nothing is done. Only tables that were promoted for a while
    (`demoted`) are made as they were then, so these are looked at there too, as long as they hold no rows.
    """

    category = OperationCategory.ADDITION
    reduces_to_sql = True

    def __init__(self, names: Sequence[str], demoted: Sequence[str] = ()) -> None:
        self.names = list(names)
        self.demoted = list(demoted)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Do nothing: the fields are recorded by other operations."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Add what is absent; name what cannot be added."""
        connection = schema_editor.connection
        if schema_editor.collect_sql:
            return
        is_scanned_kind = connection.vendor == _baseline("_baseline").engine
        recorded = _recorded(app_label, to_state)
        for model in (recorded[name.lower()] for name in (self.demoted if is_scanned_kind else self.names)):
            if not model._meta.managed and router.allow_migrate_model(connection.alias, model):
                _add_absent_columns(model, schema_editor, only_to_empty=is_scanned_kind)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Do nothing: the columns may hold values by now."""

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return f"Follow the scanned database in databases of another kind: {', '.join(self.names)}"

    @property
    def migration_name_fragment(self) -> str:
        """The part of a migration's name."""
        return "follow_elsewhere"


class _Flag(Operation):
    """Write `managed` into the recorded state of models, and nothing into the database.

    It is neither AlterModelOptions nor a ModelOperation, because squashmigrations would fold those into the model,
    and the reverse of what comes out drops the table. And it renders no model again.
    """

    category = OperationCategory.ALTERATION
    reduces_to_sql = True  # with no SQL: `sqlmigrate` proves it
    managed: bool

    def __init__(self, names: str | Sequence[str]) -> None:
        self.names = [names] if isinstance(names, str) else list(names)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Write the flag into the recorded models, and into their classes where these are rendered."""
        for name in self.names:
            model = state.models[app_label, name.lower()]
            options = {key: value for key, value in model.options.items() if key != "managed"}
            # What Meta says when a model is Django's is nothing at all.
            model.options = options if self.managed else {**options, "managed": False}
        self._render(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Make the rendered classes agree with the state again; no SQL."""
        self._render(app_label, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Make the rendered classes agree with the earlier state again; no SQL."""
        self._render(app_label, to_state)

    def _render(self, app_label: str, state: ProjectState) -> None:
        # Clones of a state share their rendered classes, so that one written for a later state still says so when
        # earlier operations are reversed: CreateModel would then drop the table, AddField its column.
        if "apps" not in state.__dict__:
            return
        for name in self.names:
            recorded = state.models[app_label, name.lower()].options.get("managed", True)
            state.apps.get_model(app_label, name)._meta.managed = recorded

    @property
    def migration_name_fragment(self) -> str:
        """The part of a migration's name."""
        return "_".join([type(self).__name__.lower(), *(name.lower() for name in self.names)])


class Promote(_Flag):
    """From here on the tables of these models are Django's: their later migrations change the database."""

    managed = True

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return f"Promote {', '.join(self.names)}: Django's from here on"


class Demote(_Flag):
    """From here on the tables of these models are not Django's: their later migrations leave the database alone."""

    managed = False

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return f"Demote {', '.join(self.names)}: no longer Django's from here on"


def _baseline(statements: str) -> Baseline:
    baseline: Baseline = importlib.import_module(f"{__package__}.{statements}").BASELINE
    return baseline


def _recorded(app_label: str, state: ProjectState) -> dict[str, type[Model]]:
    """Return the rendered models of the app by name; an app without models has no AppConfig in a state."""
    return {model.__name__.lower(): model for model in state.apps.get_models() if model._meta.app_label == app_label}


# What is there already.


def _refuse_unrecorded(baseline: Baseline, recorded: dict[str, type[Model]], statements: str) -> None:
    """Raise CommandError where a table would be passed over in silence because its model has another name."""
    names = {table.model for table in baseline.tables} | {view.model for view in baseline.views}
    if unknown := [name for name in names if name and name.lower() not in recorded]:
        raise CommandError(
            f"{statements}.py makes tables for models that are not recorded before it: {_listed(unknown)}."
            " Nothing was changed. Use one name for a model in both."
        )


def _allowed(baseline: Baseline, models: dict[str, type[Model]]) -> Baseline:
    """Return the part of the baseline whose models may live in this database."""
    if not models:
        return replace(baseline, tables=(), views=())
    tables = [table for table in baseline.tables if not table.model or table.model.lower() in models]
    return replace(
        baseline,
        tables=tables,
        views=[view for view in baseline.views if not view.model or view.model.lower() in models],
        ddl=baseline.ddl if len(tables) == len(baseline.tables) else "",
    )


def _all_absent(baseline: Baseline, models: dict[str, type[Model]], connection: BaseDatabaseWrapper) -> bool:
    """Say whether the tables are to be made; CommandError where some are missing or out of reach."""
    columns = _columns(baseline, models, connection)
    missing = [table for table in baseline.tables if table not in columns]
    if len(missing) == len(baseline.tables):
        return True
    if missing:
        raise CommandError(
            f"{len(missing)} of {_count(len(baseline.tables), 'recorded table')} do not exist in database"
            f" {connection.alias!r}: {_listed(missing)}. Nothing was changed. Tables are made only where none of them"
            " exists: make these from a copy of the original database, or begin with an empty one."
        )
    _refuse_unreachable(baseline, models, connection)
    lacking = [
        f"{table}: {', '.join(column for column in table.columns if column not in columns[table])}"
        for table in baseline.tables
        if not set(table.columns) <= columns[table]
    ]
    if lacking:
        raise CommandError(
            f"Columns are missing in database {connection.alias!r}: {_listed(lacking, '; ')}. Nothing was changed."
            " Scan and generate again if the tables have changed on purpose."
        )
    return False


def _columns(
    baseline: Baseline, models: dict[str, type[Model]], connection: BaseDatabaseWrapper
) -> dict[Table, set[str]]:
    """Return the column names of each table that exists."""
    if connection.vendor == baseline.engine == "postgresql":
        return _columns_postgresql(baseline.tables, connection)
    if connection.vendor == baseline.engine == "sqlite":
        return _columns_sqlite(baseline.tables, connection)
    found: dict[Table, set[str]] = {}
    introspection = connection.introspection
    with connection.cursor() as cursor:
        present = {introspection.identifier_converter(name) for name in introspection.table_names(cursor)}
        for table in baseline.tables:
            model = models.get(table.model.lower())
            name = introspection.identifier_converter(model._meta.db_table if model else table.name)
            if name in present:
                found[table] = {column.name for column in introspection.get_table_description(cursor, name)}
    return found


def _columns_sqlite(tables: Sequence[Table], connection: BaseDatabaseWrapper) -> dict[Table, set[str]]:
    # Django's introspection reads the text of `create table`, and not every text that SQLite takes.
    with connection.cursor() as cursor:
        cursor.execute(
            "select m.name, c.name from sqlite_master m join pragma_table_xinfo(m.name) c"
            " where m.type in ('table', 'view') order by 1, 2"
        )
        columns: dict[str, set[str]] = {}
        for table, column in cursor.fetchall():
            columns.setdefault(table, set()).add(column)
    return {table: columns[table.name] for table in tables if table.name in columns}


def _columns_postgresql(tables: Sequence[Table], connection: BaseDatabaseWrapper) -> dict[Table, set[str]]:
    # The tables are asked for where they were scanned, whatever the search path: behind a pooler that drops that
    # setting, Django's own introspection sees none of them, and a second, empty set would be made.
    found: dict[Table, set[str]] = {}
    by_name = {(table.schema, table.name): table for table in tables}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select n.nspname::text, c.relname::text,
                   array(select a.attname::text from pg_catalog.pg_attribute a
                         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join unnest(%s::text[], %s::text[]) w (schema, name) on n.nspname = w.schema and c.relname = w.name
            where c.relkind in ('r', 'p', 'v', 'm', 'f')
            """,
            [[table.schema for table in tables], [table.name for table in tables]],
        )
        for schema, name, columns in cursor.fetchall():
            found[by_name[schema, name]] = set(columns)
    return found


def _refuse_unreachable(baseline: Baseline, models: dict[str, type[Model]], connection: BaseDatabaseWrapper) -> None:
    """Raise CommandError where a table exists, but Django's name for it finds none or another."""
    if not connection.vendor == baseline.engine == "postgresql":
        return
    tables = [table for table in baseline.tables if table.model]
    # Django has a `%` written twice in names, because its statements go through a driver that reads parameters.
    django_names = (connection.ops.quote_name(models[table.model.lower()]._meta.db_table) for table in tables)
    names = [name.replace("%%", "%") for name in django_names]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select w.schema, w.name
            from unnest(%s::text[], %s::text[], %s::text[]) w (schema, name, django_name)
            join pg_catalog.pg_namespace n on n.nspname = w.schema
            join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.name
            where pg_catalog.to_regclass(w.django_name)::oid is distinct from c.oid
            order by 1, 2
            """,
            [[table.schema for table in tables], [table.name for table in tables], names],
        )
        unreachable = cursor.fetchall()
        if not unreachable:
            return
        cursor.execute("show search_path")
        (search_path,) = cursor.fetchone()
    raise CommandError(
        f"The search path of database {connection.alias!r} ({search_path}) does not lead to"
        f" {_listed(f'{schema}.{name}' for schema, name in unreachable)}. Nothing was changed. Add the schemas to"
        " the search path in the OPTIONS of this database, and see that nothing between drops that setting."
    )


# Making what is absent.


def _make(baseline: Baseline, models: dict[str, type[Model]], schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == baseline.engine:
        if baseline.ddl:
            _make_from_ddl(baseline, schema_editor)
        else:
            _make_from_statements(baseline, schema_editor)
    else:
        _make_from_models(baseline, models, schema_editor)


def _make_from_statements(baseline: Baseline, schema_editor: BaseDatabaseSchemaEditor) -> None:
    tables = baseline.tables
    made = {(table.schema, table.name) for table in tables}
    if baseline.not_made:
        logger.warning("not made: %s", _listed((f"{what} ({why})" for what, why in baseline.not_made), "; "))
    for statement in baseline.optional:
        _try(statement, schema_editor)
    if baseline.engine == "postgresql" and (baseline.before or baseline.between):
        # A function may name tables that do not exist yet.
        _run("set local check_function_bodies = off", schema_editor)
    _run_all(baseline.before, schema_editor)
    for table in tables:
        _run_all(table.create, schema_editor)
    _run_all(baseline.between, schema_editor)
    for table in tables:
        _run_all(table.finish, schema_editor)
    keys = [((table.schema, table.name), *key) for table in tables for key in table.foreign_keys]
    keys += baseline.foreign_keys
    present = made | _present({name for key in keys for name in key[:2]} - made, schema_editor)
    for table_name, target, statement in keys:
        if {table_name, target} <= present:
            _run(statement, schema_editor)
        else:
            logger.warning("%s.%s got no foreign key to %s.%s: one of them is not here", *table_name, *target)
    for table in tables:
        _run_all(table.partitions, schema_editor)
    for view in baseline.views:
        with _named(f"view {view}", schema_editor):
            _run_all(view.create, schema_editor)


def _make_from_ddl(baseline: Baseline, schema_editor: BaseDatabaseSchemaEditor) -> None:
    statements = importlib.import_module(f"{__package__}.{baseline.ddl}").STATEMENTS
    with _as_dumped(schema_editor):
        for what, statement in statements:
            if what:
                with _named(what, schema_editor):
                    schema_editor.execute(statement, None)
            else:
                _run(statement, schema_editor)


@contextmanager
def _as_dumped(schema_editor: BaseDatabaseSchemaEditor) -> Iterator[None]:
    """Set what a dump of PostgreSQL is written for, and set it back: the same transaction goes on after it."""
    if schema_editor.connection.vendor != "postgresql":
        yield
        return
    settings = {"search_path": "", "check_function_bodies": "off", "xmloption": "content", "row_security": "off"}
    before = dict.fromkeys(settings, "default")
    if not schema_editor.collect_sql:
        with schema_editor.connection.cursor() as cursor:
            for name in settings:
                cursor.execute("select pg_catalog.current_setting(%s)", [name])
                (before[name],) = cursor.fetchone()
    for values in (settings, before):
        if values is before:
            yield
        for name, value in values.items():
            if schema_editor.collect_sql:
                schema_editor.execute(f"set local {name} to {value or repr('')}", None)
            else:
                with schema_editor.connection.cursor() as cursor:
                    cursor.execute("select pg_catalog.set_config(%s, %s, true)", [name, value])


def _present(names: set[tuple[str, str]], schema_editor: BaseDatabaseSchemaEditor) -> set[tuple[str, str]]:
    """Return those of the tables of other migrations that exist; all of them where nothing is sent."""
    if not names or schema_editor.collect_sql:
        return names
    tables = [Table(schema=schema, name=name, model="", columns=(), create=()) for schema, name in sorted(names)]
    return {(table.schema, table.name) for table in _columns_postgresql(tables, schema_editor.connection)}


def _make_absent_views(baseline: Baseline, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make views that come without tables of their own, where they were scanned and are not there."""
    connection = schema_editor.connection
    if not baseline.views or connection.vendor != baseline.engine:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "select n.nspname::text, c.relname::text from pg_catalog.pg_class c"
                " join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.relkind in ('v', 'm')"
            )
        else:
            cursor.execute("select 'main', name from sqlite_master where type = 'view'")
        present = set(cursor.fetchall())
    views = [view for view in baseline.views if (view.schema, view.name) not in present]
    if views:
        _make_from_statements(replace(baseline, views=views), schema_editor)


def _add_absent_columns(model: type[Model], schema_editor: BaseDatabaseSchemaEditor, *, only_to_empty: bool) -> None:
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        table = model._meta.db_table
        if table not in connection.introspection.table_names(cursor):
            return
        columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
    fields = [field for field in model._meta.local_concrete_fields if field.column not in columns]
    if fields and only_to_empty and model._default_manager.using(connection.alias).values_list("pk")[:1]:
        return
    for field in fields:
        if field.db_parameters(connection)["type"]:
            with _named(f"column {table}.{field.column}", schema_editor), _managed(model):
                schema_editor.add_field(model, field)


def _make_from_models(
    baseline: Baseline, models: dict[str, type[Model]], schema_editor: BaseDatabaseSchemaEditor
) -> None:
    # Foreign keys and indexes, which Django keeps for the end of the migration, are run here, so that one that
    # this database cannot make is named and not the end of all.
    waiting = len(schema_editor.deferred_sql)
    for table in baseline.tables:
        if model := models.get(table.model.lower()):
            with _named(f"table {table}", schema_editor), _managed(model):
                schema_editor.create_model(model)
        else:
            logger.warning("table %s was not made: it has no model", table)
    deferred = schema_editor.deferred_sql[waiting:]
    del schema_editor.deferred_sql[waiting:]
    for statement in deferred:
        _try(str(statement), schema_editor)
    for view in baseline.views:
        logger.warning("view %s was not made: its definition is %s's", view, baseline.engine)


@contextmanager
def _managed(model: type[Model]) -> Iterator[None]:
    """Let the schema editor see the model as Django's: it makes no index of any other."""
    before = model._meta.managed
    model._meta.managed = True
    try:
        yield
    finally:
        model._meta.managed = before


def _undoable(schema_editor: BaseDatabaseSchemaEditor) -> AbstractContextManager[object]:
    """Return a savepoint, but none where nothing is sent, or where a database cannot take back what it made."""
    connection = schema_editor.connection
    if schema_editor.collect_sql or not connection.features.can_rollback_ddl:
        return nullcontext()
    return transaction.atomic(connection.alias)


@contextmanager
def _named(what: str, schema_editor: BaseDatabaseSchemaEditor) -> Iterator[None]:
    """Name what could not be made and go on without it."""
    try:
        with _undoable(schema_editor):
            yield
    except (DatabaseError, FieldError, CommandError) as error:
        logger.warning("%s was not made: %s", what, error)


def _try(statement: str, schema_editor: BaseDatabaseSchemaEditor) -> None:
    with _named(statement, schema_editor):
        schema_editor.execute(statement, None)


def _run_all(statements: Iterable[str], schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in statements:
        _run(statement, schema_editor)


def _run(statement: str, schema_editor: BaseDatabaseSchemaEditor) -> None:
    try:
        schema_editor.execute(statement, None)
    except DatabaseError as error:
        raise CommandError(f"{str(error).strip()}\nThe statement was: {statement}") from error


# Wording.


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _listed(items: Iterable[Any], separator: str = ", ") -> str:
    names = sorted(map(str, items))
    return separator.join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
