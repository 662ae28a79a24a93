"""The operations by which tables that were there before Django get the keys, constraints and indexes they lack.

They run beside programs that read and write. What locks a table takes moments: it waits for its lock no longer than
LOCK_TIMEOUT_MS, then lets the others pass and tries again. What takes long (building an index, reading every row)
lets the others read and write meanwhile. So every step is a transaction of its own, and the migrations are not
atomic. Each operation looks first at what is there: one that was cut off is simply run again, and goes on.

This is PostgreSQL's way; on another kind of database the operations do what Django's own would do.

Needs Django alone. Migrations import this module, so it stays for as long as they do; the leading underscore
keeps Django from taking it for a migration.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandError
from django.db import IntegrityError, router
from django.db.migrations.operations import AddIndex
from django.db.migrations.operations.base import Operation, OperationCategory

from ._tighten_table import Table, field, plain, quoted

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState
    from django.db.models import Field, Model

BATCH_ROWS = 1000


# The operations.


class _Tightening(Operation):
    """One step from what the database has to what the model promises."""

    atomic = False
    reduces_to_sql = True
    category = OperationCategory.ALTERATION
    model_name: str

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Do nothing, unless the operation changes what the model says."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take the step, as far as it has not been taken."""
        before, after = self._models(app_label, from_state, to_state)
        if not _is_allowed(schema_editor, after):
            return
        if schema_editor.connection.vendor == "postgresql":
            self.tighten(Table(schema_editor, after))
        else:
            self.alter(schema_editor, before, after)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take the step back, as far as it has not been taken back."""
        before, after = self._models(app_label, from_state, to_state)
        if not _is_allowed(schema_editor, after):
            return
        if schema_editor.connection.vendor == "postgresql":
            self.loosen(Table(schema_editor, after))
        else:
            self.alter(schema_editor, before, after)

    def _models(
        self, app_label: str, from_state: ProjectState, to_state: ProjectState
    ) -> tuple[type[Model], type[Model]]:
        return (
            from_state.apps.get_model(app_label, self.model_name),
            to_state.apps.get_model(app_label, self.model_name),
        )

    def tighten(self, table: Table) -> None:
        """Take the step on PostgreSQL."""
        raise NotImplementedError

    def loosen(self, table: Table) -> None:
        """Take the step back on PostgreSQL."""

    def alter(self, schema_editor: BaseDatabaseSchemaEditor, before: type[Model], after: type[Model]) -> None:
        """Do on another kind of database what Django does for the change of the model: mostly nothing."""

    @property
    def migration_name_fragment(self) -> str:
        """The part of a migration's name."""
        return f"tighten_{self.model_name.lower()}"


class AddPrimaryKey(_Tightening):
    """Declare the key that the model stands on, over columns that are NOT NULL."""

    category = OperationCategory.ADDITION

    def __init__(self, model_name: str, name: str) -> None:
        self.model_name = model_name
        self.name = name

    def tighten(self, table: Table) -> None:
        """Build the index beside all traffic, then make it the key, which takes a moment."""
        if table.has_constraint(self.name):
            return
        columns = table.columns(field.name for field in table.model._meta.pk_fields)
        index = f"create unique index concurrently {quoted(self.name)} on {table} ({columns})"
        table.build_index(self.name, index, _duplicates(table, columns))
        table.quickly(
            f"alter table {table} add constraint {quoted(self.name)} primary key using index {quoted(self.name)}"
        )

    def loosen(self, table: Table) -> None:
        """Drop the key and its index."""
        table.quickly(f"alter table {table} drop constraint if exists {quoted(self.name)}")
        table.drop_index(self.name)

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return f"Add primary key {self.name} to {self.model_name} (ACCESS EXCLUSIVE for a moment, index built before)"


class SetNotNull(_Tightening):
    """Forbid NULL in a column, once every row has been read beside all traffic."""

    def __init__(self, model_name: str, field_name: str, check: str) -> None:
        self.model_name = model_name
        self.field_name = field_name
        self.check = check  # the name of the check that proves it, and goes again

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Take `null=True` off the field, and `blank=True` with it."""
        _change_field(state, app_label, self.model_name, self.field_name, null=False, blank=False)

    def tighten(self, table: Table) -> None:
        """Prove it by a check that is validated, so that SET NOT NULL need not read the table under its lock."""
        column, check = table.columns([self.field_name]), quoted(self.check)
        if table.is_not_null(self.field_name):
            table.quickly(f"alter table {table} drop constraint if exists {check}")
            return
        if not table.has_constraint(self.check):
            table.quickly(f"alter table {table} add constraint {check} check ({column} is not null) not valid")
        table.validate(self.check, f"select * from {table} where {column} is null")
        table.quickly(
            f"alter table {table} alter column {column} set not null",
            f"alter table {table} drop constraint {check}",
        )

    def loosen(self, table: Table) -> None:
        """Allow NULL again."""
        table.quickly(
            f"alter table {table} drop constraint if exists {quoted(self.check)}",
            f"alter table {table} alter column {table.columns([self.field_name])} drop not null",
        )

    def alter(self, schema_editor: BaseDatabaseSchemaEditor, before: type[Model], after: type[Model]) -> None:
        """Do as AlterField does."""
        _alter_field(schema_editor, before, after, self.field_name)

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return (
            f"Forbid NULL in {self.field_name} of {self.model_name}"
            " (ACCESS EXCLUSIVE for moments; rows are read under SHARE UPDATE EXCLUSIVE)"
        )


class AddForeignKey(_Tightening):
    """Add the constraint behind a relation for all rows to come; those that are there are validated later."""

    category = OperationCategory.ADDITION

    def __init__(self, model_name: str, field_name: str, name: str, on_delete: str = "no action") -> None:
        self.model_name = model_name
        self.field_name = field_name
        self.name = name
        self.on_delete = on_delete  # what the database does, in its words

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Take `db_constraint=False` off the field."""
        _change_field(state, app_label, self.model_name, self.field_name, db_constraint=True)

    def tighten(self, table: Table) -> None:
        """Add it NOT VALID, which reads no row."""
        if not table.has_constraint(self.name):
            definition = _definition(table, self.field_name, self.on_delete)
            table.quickly(f"alter table {table} add constraint {quoted(self.name)} {definition}")

    def loosen(self, table: Table) -> None:
        """Drop it."""
        table.quickly(f"alter table {table} drop constraint if exists {quoted(self.name)}")

    def alter(self, schema_editor: BaseDatabaseSchemaEditor, before: type[Model], after: type[Model]) -> None:
        """Do as AlterField does."""
        _alter_field(schema_editor, before, after, self.field_name)

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return f"Add foreign key {self.name}, not yet validated (SHARE ROW EXCLUSIVE on both tables for a moment)"


class AddForeignKeyToPartitions(_Tightening):
    """Add the constraint behind a relation of a partitioned table, partition by partition.

    PostgreSQL adds none to the whole that is validated later (before 18). So each partition gets its own, unvalidated,
    which is then validated; the whole takes these over when it gets its own at last, and reads no row for it.
    """

    category = OperationCategory.ADDITION

    def __init__(self, model_name: str, field_name: str, name: str, on_delete: str, broken: str) -> None:
        self.model_name = model_name
        self.field_name = field_name
        self.name = name
        self.on_delete = on_delete  # what the database does, in its words
        self.broken = broken  # the query that shows the rows it would refuse

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Take `db_constraint=False` off the field."""
        _change_field(state, app_label, self.model_name, self.field_name, db_constraint=True)

    def tighten(self, table: Table) -> None:
        """Add it to what holds rows, then to the whole."""
        if table.has_constraint(self.name):
            return
        definition = _definition(table, self.field_name, self.on_delete)
        addition = f"add constraint {quoted(self.name)} {definition}"
        for partition in table.partitions():
            if not partition.has_constraint(self.name):
                partition.quickly(f"alter table {partition} {addition}")
            partition.validate(self.name, self.broken)
        table.quickly(f"alter table {table} {addition.removesuffix(' not valid')}")

    def loosen(self, table: Table) -> None:
        """Drop it, also where only partitions have got it."""
        table.quickly(f"alter table {table} drop constraint if exists {quoted(self.name)}")
        for partition in table.partitions():
            partition.quickly(f"alter table {partition} drop constraint if exists {quoted(self.name)}")

    def alter(self, schema_editor: BaseDatabaseSchemaEditor, before: type[Model], after: type[Model]) -> None:
        """Do as AlterField does."""
        _alter_field(schema_editor, before, after, self.field_name)

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return f"Add foreign key {self.name}, partition by partition (SHARE ROW EXCLUSIVE for moments)"


class AddForeignKeyOver(_Tightening):
    """Add a constraint over several columns, for which a model has no word, for all rows to come."""

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

    def tighten(self, table: Table) -> None:
        """Add it NOT VALID, which reads no row."""
        if not table.has_constraint(self.name):
            target = table.other(self.to)
            definition = (
                f"foreign key ({table.columns(self.fields)}) references {target} ({target.columns(self.to_fields)})"
                f" on delete {self.on_delete} deferrable initially deferred not valid"
            )
            table.quickly(f"alter table {table} add constraint {quoted(self.name)} {definition}")

    def loosen(self, table: Table) -> None:
        """Drop it."""
        table.quickly(f"alter table {table} drop constraint if exists {quoted(self.name)}")

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return f"Add foreign key {self.name}, not yet validated (SHARE ROW EXCLUSIVE on both tables for a moment)"


class Validate(_Tightening):
    """Hold all rows against a foreign key that so far counts for new ones only."""

    def __init__(self, model_name: str, name: str, broken: str = "") -> None:
        self.model_name = model_name
        self.name = name
        self.broken = broken  # the query that shows the rows it would refuse

    def tighten(self, table: Table) -> None:
        """Read the rows beside all traffic."""
        table.validate(self.name, self.broken)

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return f"Validate {self.name} of {self.model_name} (SHARE UPDATE EXCLUSIVE: others read and write meanwhile)"


class AddIndexConcurrently(AddIndex):
    """Django's own operation of this name, which also finds and rebuilds an index that was cut off."""

    atomic = False

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Build the index, beside all traffic on PostgreSQL."""
        model = to_state.apps.get_model(app_label, self.model_name)
        if not _is_allowed(schema_editor, model):
            return
        if schema_editor.connection.vendor == "postgresql":
            statement = self.index.create_sql(model, schema_editor, concurrently=True)
            Table(schema_editor, model).build_index(self.index.name, plain(str(statement)))
        else:
            schema_editor.add_index(model, self.index)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop the index, beside all traffic on PostgreSQL."""
        model = from_state.apps.get_model(app_label, self.model_name)
        if not _is_allowed(schema_editor, model):
            return
        if schema_editor.connection.vendor == "postgresql":
            Table(schema_editor, model).drop_index(self.index.name)
        else:
            schema_editor.remove_index(model, self.index)

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return f"{super().describe()}, concurrently (SHARE UPDATE EXCLUSIVE: others read and write meanwhile)"


class RebuildIndex(_Tightening):
    """Build an index anew whose building was cut off: it costs every write and serves no query."""

    def __init__(self, model_name: str, name: str, statement: str, broken: str = "") -> None:
        self.model_name = model_name
        self.name = name
        self.statement = statement  # CREATE INDEX CONCURRENTLY, in the server's words
        self.broken = broken  # the query that shows the rows it would refuse

    def tighten(self, table: Table) -> None:
        """Drop what is left of it and build it, beside all traffic."""
        table.build_index(self.name, self.statement, self.broken)

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return f"Rebuild index {self.name} concurrently (SHARE UPDATE EXCLUSIVE: others read and write meanwhile)"


class OwnSequence(_Tightening):
    """Let the column own the sequence that it draws from, so that Django finds it."""

    def __init__(self, model_name: str, field_name: str, sequence: Sequence[str]) -> None:
        self.model_name = model_name
        self.field_name = field_name
        self.sequence = sequence  # its schema and its name

    def tighten(self, table: Table) -> None:
        """Set the owner."""
        table.quickly(
            f"alter sequence {self._name} owned by {table}.{table.columns([self.field_name])}",
        )

    def loosen(self, table: Table) -> None:
        """Leave the sequence without an owner again."""
        table.quickly(f"alter sequence {self._name} owned by none")

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        name = ".".join(self.sequence)
        return f"Let {self.field_name} of {self.model_name} own {name} (SHARE ROW EXCLUSIVE on it for a moment)"

    @property
    def _name(self) -> str:
        return ".".join(quoted(part) for part in self.sequence)


class SetOrphansAside(_Tightening):
    """Take rows that refer to nothing out of the way of a foreign key, and keep them for the way back.

    Runs after the foreign key was added NOT VALID, so that no new orphan comes. Batch by batch in the order of the
    primary key, the rows are copied whole into the table `kept_in` and then, by `action`, deleted or set to NULL in
    the one column. The way back restores each from there and drops that table.
    """

    def __init__(
        self, model_name: str, field_name: str, action: str, kept_in: str, foreign_key: str, definition: str = ""
    ) -> None:
        self.model_name = model_name
        self.field_name = field_name
        self.action = action  # "null" or "delete"
        self.kept_in = kept_in
        self.foreign_key = foreign_key
        self.definition = definition  # of a foreign key that was there, in the server's words

    def tighten(self, table: Table) -> None:
        """Set aside what is an orphan, a batch of rows a transaction."""
        table.refuse_side_effects(self.action)
        if table.is_shown or not table.exists(self.kept_in):
            kept = table.beside(self.kept_in)
            table.quickly(
                f"create table {kept} as select {table.all_columns()} from {table} with no data",
                f"alter table {kept} add primary key ({table.key})",
                f"comment on table {kept} is 'Rows that a migration set aside: its way back restores them from here.'",
            )
        if table.is_shown:
            table.quickly(f"{self._batch(table, 'true')} -- {BATCH_ROWS} rows at a time, in the order of {table.key}")
            return
        last = ""
        while True:
            upper = table.key_after(last, BATCH_ROWS)
            try:
                table.quickly(self._batch(table, table.range(last, upper)))
            except IntegrityError:  # the server's words hold a row's values
                raise CommandError(
                    f"Rows of other tables refer to rows of {table} that {self.foreign_key} would have deleted."
                    " Nothing is lost: what was set aside can return. Mend them, then run `migrate` again."
                ) from None
            if not upper:
                return
            last = upper

    def loosen(self, table: Table) -> None:
        """Put every row back as it was, then the foreign key as it was, which counts for new rows only."""
        kept, keys = table.beside(self.kept_in), table.key
        definition = self.definition or _definition(table, self.field_name, "no action")
        again = f"alter table {table} add constraint {quoted(self.foreign_key)} {definition}"
        if table.is_shown or table.exists(self.kept_in):
            table.quickly(f"alter table {table} drop constraint if exists {quoted(self.foreign_key)}")
            batch = (
                f"with chosen as (select {keys} from {kept} k where {self._can_return(table)} order by {keys}"
                f" limit {BATCH_ROWS}), batch as (delete from {kept} where ({keys}) in (select {keys} from chosen)"
                f" returning *) {self._restoration(table)}"
            )
            while table.quickly(batch) > 0:
                pass
            if not table.is_shown and (left := table.count(kept)):
                raise CommandError(
                    f"{left} rows of {table} that were set aside cannot return: other rows have their keys by now."
                    f" They stay in {kept}. Nothing else is lost: free the keys, then run this again."
                )
            table.quickly(f"drop table {kept}", again)
        elif not table.has_constraint(self.foreign_key):
            table.quickly(again)

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        done = "Delete rows" if self.action == "delete" else f"Set {self.field_name} to NULL in rows"
        return (
            f"{done} of {self.model_name} that refer to nothing, and keep them in {self.kept_in}"
            f" (row locks, {BATCH_ROWS} rows a transaction)"
        )

    def _batch(self, table: Table, bounds: str) -> str:
        columns = table.all_columns()
        return (
            f"with batch as materialized (select c.* from {table} c where {bounds}"
            f" and {_is_orphan(table, self.field_name)} for update of c),"
            f" kept as (insert into {table.beside(self.kept_in)} ({columns}) select {columns} from batch)"
            f" {self._removal(table)}"
        )

    def _removal(self, table: Table) -> str:
        same = _same(table, "c", "batch")
        if self.action == "delete":
            return f"delete from {table} c using batch where {same}"
        return f"update {table} c set {table.columns([self.field_name])} = null from batch where {same}"

    def _can_return(self, table: Table) -> str:
        if self.action == "delete":
            return f"not exists (select from {table} c where {_same(table, 'c', 'k')})"
        return "true"

    def _restoration(self, table: Table) -> str:
        if self.action == "delete":
            columns = table.all_columns()
            return f"insert into {table} ({columns}) overriding system value select {columns} from batch"
        column = table.columns([self.field_name])
        return (
            f", changed as (update {table} c set {column} = batch.{column} from batch"
            f" where {_same(table, 'c', 'batch')} and c.{column} is null) select from batch"
        )


# Pieces.


def _is_allowed(schema_editor: BaseDatabaseSchemaEditor, model: type[Model]) -> bool:
    """Whether the model lives in this database.

    Operation.allow_migrate_model() says no to every unmanaged model, so the router is asked itself: a table may need
    its key before it becomes Django's.
    """
    return bool(router.allow_migrate_model(schema_editor.connection.alias, model))


def _change_field(state: ProjectState, app_label: str, model_name: str, field_name: str, **changes: Any) -> None:
    recorded: Field[Any, Any] = state.models[app_label, model_name.lower()].fields[field_name]
    _, _, arguments, keywords = recorded.deconstruct()
    if any(getattr(recorded, name, None) != value for name, value in changes.items()):
        changed = type(recorded)(*arguments, **{**keywords, **changes})
        state.alter_field(app_label, model_name.lower(), field_name, changed, preserve_default=True)


def _alter_field(
    schema_editor: BaseDatabaseSchemaEditor, before: type[Model], after: type[Model], field_name: str
) -> None:
    schema_editor.alter_field(before, field(before, field_name), field(after, field_name))


def _definition(table: Table, field_name: str, on_delete: str) -> str:
    target, key = table.target(field_name)
    # Deferred as Django's own: it writes rows of a cycle one after the other.
    return (
        f"foreign key ({table.columns([field_name])}) references {target} ({key}) on delete {on_delete}"
        " deferrable initially deferred not valid"
    )


def _is_orphan(table: Table, field_name: str) -> str:
    (target, key), column = table.target(field_name), table.columns([field_name])
    return f"c.{column} is not null and not exists (select from {target} p where p.{key} = c.{column})"


def _duplicates(table: Table, columns: str) -> str:
    return f"select {columns}, count(*) from {table} group by {columns} having count(*) > 1"


def _same(table: Table, one: str, other: str) -> str:
    return " and ".join(f"{one}.{column} = {other}.{column}" for column in table.key_columns)
