"""The table that an operation of `_tighten.py` is about: asked what it has, and changed beside all traffic.

Needs Django alone, and PostgreSQL.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandError
from django.db import IntegrityError, NotSupportedError, OperationalError, transaction

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.models import Model

LOCK_TIMEOUT_MS = 500
TRIES = 5
FIRST_PAUSE_S = 0.5  # before the second try; doubled before each further one

_CANNOT_LOCK = ("55P03", "40P01")  # lock_not_available, deadlock_detected


class Table:
    """One table on PostgreSQL: asked what it has, and changed without keeping others out for long.

    With `sqlmigrate` nothing is asked or sent: every statement is shown as if none of it had been done.
    """

    def __init__(self, schema_editor: BaseDatabaseSchemaEditor, model: type[Model], name: str = "") -> None:
        self.model = model
        self._name = name  # of a partition, quoted; "" for the model's own table
        self.is_shown = bool(schema_editor.collect_sql)
        self._editor = schema_editor
        self._connection = schema_editor.connection
        if self._connection.in_atomic_block and not self.is_shown:
            raise NotSupportedError("Set `atomic = False` on the migration: each step is a transaction of its own.")

    def __str__(self) -> str:
        return self._name or plain(self._connection.ops.quote_name(self.model._meta.db_table))

    def columns(self, fields: Iterable[str]) -> str:
        """Return the quoted columns of these fields."""
        return ", ".join(quoted(_column(field(self.model, name))) for name in fields)

    @property
    def key_columns(self) -> list[str]:
        """The quoted columns of the primary key, one by one."""
        return [self.columns([field.name]) for field in self.model._meta.pk_fields]

    @property
    def key(self) -> str:
        """The quoted columns of the primary key."""
        return ", ".join(self.key_columns)

    def target(self, relation: str) -> tuple[str, str]:
        """Return the quoted table and column that a relation refers to."""
        column = field(self.model, relation).target_field
        name = self._connection.ops.quote_name(column.model._meta.db_table)
        return plain(name), quoted(_column(column))

    def partitions(self) -> list[Table]:
        """Return the partitions that hold rows, at whatever depth."""
        if self.is_shown:
            return [Table(self._editor, self.model, "each_partition")]
        query = "select format('%%I.%%I', n.nspname, c.relname) from pg_partition_tree(%s::regclass) t"
        query += " join pg_class c on c.oid = t.relid join pg_namespace n on n.oid = c.relnamespace"
        with self._connection.cursor() as cursor:
            cursor.execute(f"{query} where t.isleaf order by 1", [str(self)])
            return [Table(self._editor, self.model, name) for (name,) in cursor.fetchall()]

    def other(self, model_name: str) -> Table:
        """Return the table of another model of the app."""
        model = self.model._meta.apps.get_model(self.model._meta.app_label, model_name)
        return Table(self._editor, model)

    def beside(self, name: str) -> str:
        """Return the quoted name of something in the schema of this table."""
        if self.is_shown:
            return quoted(name)
        schema = self._ask("select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace", "c.oid")
        return f"{quoted(schema)}.{quoted(name)}"

    # What is there. Answers are None where there is nothing by that name.

    def has_constraint(self, name: str) -> bool:
        """Whether the table has a constraint of this name, validated or not."""
        return self._ask("select true from pg_constraint", "conrelid", "conname = %s", name) is True

    def is_valid_index(self, name: str) -> bool | None:
        """Whether the index is whole."""
        found: bool | None = self._ask(
            "select i.indisvalid and i.indisready from pg_index i join pg_class c on c.oid = i.indexrelid",
            "i.indrelid",
            "c.relname = %s",
            name,
        )
        return found

    def is_not_null(self, field_name: str) -> bool:
        """Whether the column forbids NULL."""
        column = _column(field(self.model, field_name))
        return self._ask("select attnotnull from pg_attribute", "attrelid", "attname = %s", column) is True

    def all_columns(self) -> str:
        """Return every column of the table that is stored as given, quoted."""
        if self.is_shown:
            return self.columns(field.name for field in self.model._meta.local_concrete_fields if field.column)
        query = "select array_agg(attname::text order by attnum) from pg_attribute"
        found = self._ask(query, "attrelid", "attnum > 0 and not attisdropped and attgenerated = ''")
        return ", ".join(quoted(name) for name in found)

    def exists(self, name: str) -> bool:
        """Whether there is a table of this name beside this one."""
        query = "select to_regclass(%s) is not null"
        with self._connection.cursor() as cursor:
            cursor.execute(query, [self.beside(name)])
            return bool(cursor.fetchone()[0])

    def count(self, table: str) -> int:
        """Count the rows of a table."""
        with self._connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {table}", None)
            return int(cursor.fetchone()[0])

    def key_after(self, last: str, rows: int) -> str:
        """Return the key that many rows further on, as the server writes its literals; "" where the table ends."""
        literals = " || ', ' || ".join(f"quote_literal({column}::text)" for column in self.key_columns)
        with self._connection.cursor() as cursor:
            cursor.execute(
                f"select {literals} from {self} c where {self.range(last, '')} order by {self.key}"
                f" limit 1 offset {rows - 1}",
                None,
            )
            row = cursor.fetchone()
            return str(row[0]) if row else ""

    def range(self, last: str, upper: str) -> str:
        """Return the condition for keys after `last` up to `upper`; "" is no limit."""
        keys = ", ".join(f"c.{column}" for column in self.key_columns)
        limits = [f"({keys}) {sign} ({key})" for sign, key in ((">", last), ("<=", upper)) if key]
        return " and ".join(limits) or "true"

    def _ask(self, query: str, table_column: str, condition: str = "true", *values: str) -> Any:
        if self.is_shown:
            return None
        with self._connection.cursor() as cursor:
            cursor.execute(f"{query} where {table_column} = %s::regclass and {condition}", [str(self), *values])
            row = cursor.fetchone()
            return row[0] if row else None

    def refuse_side_effects(self, action: str) -> None:
        """Raise CommandError where changing rows would do more than change these rows, which no way back undoes."""
        condition = "not tgisinternal and tgenabled <> 'D'"
        if self._ask("select true from pg_trigger", "tgrelid", condition):
            raise CommandError(f"{self} has triggers: what they do to rows set aside could not be undone.")
        condition = "contype = 'f' and confdeltype not in ('a', 'r')"
        if action == "delete" and self._ask("select true from pg_constraint", "confrelid", condition):
            raise CommandError(f"Rows of other tables would go with those of {self}, which could not be undone.")

    # What is done.

    def quickly(self, *statements: str) -> int:
        """Run statements in one transaction that waits only briefly for a lock; return the rows of the last one."""
        for attempt in range(TRIES):
            try:
                return self._run(statements)
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", getattr(error.__cause__, "pgcode", "")) not in _CANNOT_LOCK:
                    raise
                reason = error
            if attempt + 1 < TRIES:
                # Not all who wait come back at the same moment.
                time.sleep(FIRST_PAUSE_S * 2**attempt * random.uniform(0.75, 1.25))
        raise CommandError(
            f"{self} was in use by others at each of {TRIES} tries ({LOCK_TIMEOUT_MS} ms each). Nothing is half done:"
            f" run `migrate` again when there is less traffic.\nThe statement was: {statements[-1]}"
        ) from reason

    def validate(self, constraint: str, broken: str) -> None:
        """Read every row, however long it takes; the lock for it keeps out only other changes of the table."""
        try:
            self.quickly(
                "set local statement_timeout = 0", f"alter table {self} validate constraint {quoted(constraint)}"
            )
        except IntegrityError:
            raise CommandError(_refused(self, constraint, broken)) from None  # the server's words hold a row's values

    def build_index(self, name: str, statement: str, broken: str = "") -> None:
        """Build an index beside all traffic, unless it is there; one that was cut off goes first."""
        is_valid = self.is_valid_index(name)
        if is_valid:
            return
        if is_valid is False:
            self.drop_index(name)
        try:
            self.slowly(statement)
        except IntegrityError:
            # Left behind, it would go on refusing what other programs write.
            self.drop_index(name)
            raise CommandError(_refused(self, name, broken)) from None

    def drop_index(self, name: str) -> None:
        """Drop an index of this table beside all traffic, if it is there."""
        if self.is_shown or self.is_valid_index(name) is not None:
            self.slowly(f"drop index concurrently if exists {self.beside(name)}")

    def slowly(self, statement: str) -> None:
        """Run a statement that cannot be in a transaction, and that holds and awaits nothing others need.

        No timeout applies: it waits for transactions older than itself, and cut off it would begin anew.
        """
        for setting in ("lock_timeout", "statement_timeout"):
            self._editor.execute(f"set {setting} = 0", None)
        try:
            self._editor.execute(statement, None)
        finally:
            if self.is_shown or self._connection.is_usable():
                for setting in ("lock_timeout", "statement_timeout"):
                    self._editor.execute(f"reset {setting}", None)

    def _run(self, statements: Sequence[str]) -> int:
        wait = f"set local lock_timeout = '{LOCK_TIMEOUT_MS}ms'"
        if self.is_shown:
            for statement in ("begin", wait, *statements, "commit"):
                self._editor.execute(statement, None)
            return 0
        with transaction.atomic(self._connection.alias), self._connection.cursor() as cursor:
            cursor.execute(wait)
            for statement in statements:
                cursor.execute(statement, None)
            return int(cursor.rowcount)


def field(model: type[Model], name: str) -> Any:  # a ForeignKey has more than Field says
    """Return a field of the model."""
    return model._meta.get_field(name)


def _column(one: Any) -> str:
    """Return a field's column as the database has it: one with odd characters is quoted in the model."""
    name = plain(one.column)
    return name[1:-1].replace('""', '"') if len(name) > 1 and name[0] == name[-1] == '"' else name


def _refused(table: Table, name: str, broken: str) -> str:
    query = f" This shows them: {broken}" if broken else ""
    return f"Rows of {table} stand against {name}.{query}\nNothing is lost: mend them, then run `migrate` again."


def quoted(name: str) -> str:
    """Return a name in double quotes."""
    return '"' + name.replace('"', '""') + '"'


def plain(name: str) -> str:
    """Return a name as the database has it: models write a `%` twice."""
    return name.replace("%%", "%")
