"""The operations by which tables of SQLite that were there before Django get the keys and constraints they lack.

SQLite cannot add them to a table: it is made anew and takes the place of the old one, in the order of steps that
SQLite's manual gives ("Making Other Kinds Of Table Schema Changes"). Its text stays as it was, but for what is added;
columns keep their order, rows their numbers, indexes and triggers are made again as they were, views are not touched.
All of it is one transaction: every row is compared before the old table goes, and what fails leaves nothing behind.

On another kind of database the operations do what Django's own would do.

Needs Django alone. Migrations import this module, so it stays for as long as they do; the leading underscore
keeps Django from taking it for a migration.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import router
from django.db.migrations.operations import AddIndex
from django.db.migrations.operations.base import Operation, OperationCategory

from ._tighten_sqlite_table import Change, plain, quoted, rebuild, with_column_constraint, with_constraint

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState
    from django.db.models import Field, Model

# The operations.


class _Rebuilding(Operation):
    """One step that makes a table anew."""

    atomic = True
    reduces_to_sql = True
    category = OperationCategory.ALTERATION
    model_name: str

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Do nothing, unless the operation changes what the model says."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take the step, unless it has been taken."""
        self._alter(app_label, schema_editor, from_state, to_state, is_forwards=True)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take the step back, unless it has been taken back."""
        self._alter(app_label, schema_editor, from_state, to_state, is_forwards=False)

    def _alter(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
        *,
        is_forwards: bool,
    ) -> None:
        before = from_state.apps.get_model(app_label, self.model_name)
        after = to_state.apps.get_model(app_label, self.model_name)
        # Operation.allow_migrate_model() says no to every unmanaged model, so the router is asked itself.
        if not router.allow_migrate_model(schema_editor.connection.alias, after):
            return
        if schema_editor.connection.vendor != "sqlite":
            self.alter(schema_editor, before, after)
            return
        rebuild(
            schema_editor,
            plain(after._meta.db_table),
            self.added(after) if is_forwards else self.removed(after),
            self.broken(after),
        )

    def added(self, model: type[Model]) -> Change:
        """Return what adds to the table's text."""
        raise NotImplementedError

    def removed(self, model: type[Model]) -> Change:
        """Return what takes the same out again."""
        raise NotImplementedError

    def broken(self, model: type[Model]) -> str:
        """Return the query that shows the rows it would refuse."""
        raise NotImplementedError

    def alter(self, schema_editor: BaseDatabaseSchemaEditor, before: type[Model], after: type[Model]) -> None:
        """Do on another kind of database what Django does for the change of the model."""

    @property
    def migration_name_fragment(self) -> str:
        """The part of a migration's name."""
        return f"tighten_{self.model_name.lower()}"


class AddPrimaryKey(_Rebuilding):
    """Declare the key that the model stands on."""

    category = OperationCategory.ADDITION

    def __init__(self, model_name: str, name: str) -> None:
        self.model_name = model_name
        self.name = name

    def added(self, model: type[Model]) -> Change:
        """Return what adds the key as the table's last constraint."""
        return lambda text: with_constraint(text, self._words(model))

    def removed(self, model: type[Model]) -> Change:
        """Return what takes it out."""
        return lambda text: text.replace(f", {self._words(model)}", "")

    def broken(self, model: type[Model]) -> str:
        """Return the query for duplicates."""
        columns = self._columns(model)
        return f"select {columns}, count(*) from {_table(model)} group by {columns} having count(*) > 1"

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return f"Add primary key {self.name} to {self.model_name} (the table is made anew, the file locked meanwhile)"

    def _words(self, model: type[Model]) -> str:
        return f"constraint {quoted(self.name)} primary key ({self._columns(model)})"

    def _columns(self, model: type[Model]) -> str:
        return ", ".join(quoted(_column(field)) for field in model._meta.pk_fields)


class SetNotNull(_Rebuilding):
    """Forbid NULL in a column."""

    def __init__(self, model_name: str, field_name: str, name: str) -> None:
        self.model_name = model_name
        self.field_name = field_name
        self.name = name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Take `null=True` off the field, and `blank=True` with it."""
        _change_field(state, app_label, self.model_name, self.field_name, null=False, blank=False)

    def added(self, model: type[Model]) -> Change:
        """Return what adds it behind the column."""
        return lambda text: with_column_constraint(text, _column_of(model, self.field_name), self._words)

    def removed(self, model: type[Model]) -> Change:
        """Return what takes it out."""
        return lambda text: text.replace(f" {self._words}", "")

    def broken(self, model: type[Model]) -> str:
        """Return the query for NULLs."""
        return f"select * from {_table(model)} where {quoted(_column_of(model, self.field_name))} is null"

    def alter(self, schema_editor: BaseDatabaseSchemaEditor, before: type[Model], after: type[Model]) -> None:
        """Do as AlterField does."""
        _alter_field(schema_editor, before, after, self.field_name)

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return (
            f"Forbid NULL in {self.field_name} of {self.model_name} (the table is made anew, the file locked meanwhile)"
        )

    @property
    def _words(self) -> str:
        return f"constraint {quoted(self.name)} not null"


class AddForeignKey(_Rebuilding):
    """Add the constraint behind a relation."""

    category = OperationCategory.ADDITION

    def __init__(self, model_name: str, field_name: str, name: str, on_delete: str = "no action") -> None:
        self.model_name = model_name
        self.field_name = field_name
        self.name = name
        self.on_delete = on_delete  # what the database does, in its words

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Take `db_constraint=False` off the field."""
        _change_field(state, app_label, self.model_name, self.field_name, db_constraint=True)

    def added(self, model: type[Model]) -> Change:
        """Return what adds it as the table's last constraint."""
        return lambda text: with_constraint(text, self._words(model))

    def removed(self, model: type[Model]) -> Change:
        """Return what takes it out."""
        return lambda text: text.replace(f", {self._words(model)}", "")

    def broken(self, model: type[Model]) -> str:
        """Return the query for orphans."""
        column, table, key = self._parts(model)
        return (
            f"select c.* from {_table(model)} c where c.{column} is not null"
            f" and not exists (select 1 from {table} p where p.{key} = c.{column})"
        )

    def alter(self, schema_editor: BaseDatabaseSchemaEditor, before: type[Model], after: type[Model]) -> None:
        """Do as AlterField does."""
        _alter_field(schema_editor, before, after, self.field_name)

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return f"Add foreign key {self.name} (the table is made anew, the file locked meanwhile)"

    def _words(self, model: type[Model]) -> str:
        column, table, key = self._parts(model)
        # Deferred as Django's own: it writes rows of a cycle one after the other.
        return (
            f"constraint {quoted(self.name)} foreign key ({column}) references {table} ({key})"
            f" on delete {self.on_delete} deferrable initially deferred"
        )

    def _parts(self, model: type[Model]) -> tuple[str, str, str]:
        field: Any = model._meta.get_field(self.field_name)  # Any: a ForeignKey has more than Field says
        target = field.target_field
        return quoted(_column(field)), _table(target.model), quoted(_column(target))


class AddForeignKeyOver(_Rebuilding):
    """Add a constraint over several columns, for which a model has no word."""

    category = OperationCategory.ADDITION

    def __init__(
        self, model_name: str, fields: Sequence[str], to: str, to_fields: Sequence[str], name: str, on_delete: str
    ) -> None:
        self.model_name = model_name
        self.fields = list(fields)
        self.to = to  # the model referred to
        self.to_fields = list(to_fields)
        self.name = name
        self.on_delete = on_delete  # what the database does, in its words

    def added(self, model: type[Model]) -> Change:
        """Return what adds it as the table's last constraint."""
        return lambda text: with_constraint(text, self._words(model))

    def removed(self, model: type[Model]) -> Change:
        """Return what takes it out."""
        return lambda text: text.replace(f", {self._words(model)}", "")

    def broken(self, model: type[Model]) -> str:
        """Return the query for orphans."""
        table, own, theirs = self._parts(model)
        is_set = " and ".join(f"c.{column} is not null" for column in own)
        same = " and ".join(f"p.{there} = c.{here}" for here, there in zip(own, theirs, strict=True))
        return f"select c.* from {_table(model)} c where {is_set} and not exists (select 1 from {table} p where {same})"

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return f"Add foreign key {self.name} (the table is made anew, the file locked meanwhile)"

    def _words(self, model: type[Model]) -> str:
        table, own, theirs = self._parts(model)
        return (
            f"constraint {quoted(self.name)} foreign key ({', '.join(own)}) references {table} ({', '.join(theirs)})"
            f" on delete {self.on_delete} deferrable initially deferred"
        )

    def _parts(self, model: type[Model]) -> tuple[str, list[str], list[str]]:
        target = model._meta.apps.get_model(model._meta.app_label, self.to)
        own = [quoted(_column_of(model, name)) for name in self.fields]
        return _table(target), own, [quoted(_column_of(target, name)) for name in self.to_fields]


class AddPlainIndex(AddIndex):
    """Django's own AddIndex, for names with a `%`: Django sends these with two of them."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Build the index."""
        model = to_state.apps.get_model(app_label, self.model_name)
        if router.allow_migrate_model(schema_editor.connection.alias, model):
            schema_editor.execute(str(self.index.create_sql(model, schema_editor)).replace("%%", "%"), None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop the index."""
        model = from_state.apps.get_model(app_label, self.model_name)
        if router.allow_migrate_model(schema_editor.connection.alias, model):
            schema_editor.execute(f"drop index {quoted(self.index.name)}", None)


# Pieces.


def _change_field(state: ProjectState, app_label: str, model_name: str, field_name: str, **changes: Any) -> None:
    recorded: Field[Any, Any] = state.models[app_label, model_name.lower()].fields[field_name]
    _, _, arguments, keywords = recorded.deconstruct()
    if any(getattr(recorded, name, None) != value for name, value in changes.items()):
        changed = type(recorded)(*arguments, **{**keywords, **changes})
        state.alter_field(app_label, model_name.lower(), field_name, changed, preserve_default=True)


def _alter_field(
    schema_editor: BaseDatabaseSchemaEditor, before: type[Model], after: type[Model], field_name: str
) -> None:
    one: Any = before._meta.get_field(field_name)  # Any: the stubs want a Field, and have more kinds
    other: Any = after._meta.get_field(field_name)
    schema_editor.alter_field(before, one, other)


def _table(model: type[Model]) -> str:
    return quoted(plain(model._meta.db_table))


def _column_of(model: type[Model], field_name: str) -> str:
    return _column(model._meta.get_field(field_name))


def _column(field: Any) -> str:
    return plain(field.column)
