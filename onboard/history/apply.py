"""Rewrite -> done, wholly or not at all: files and rows change together, whatever stops the process in between.

The order: rows copied into a table and a file and read back; then one transaction that holds a lock changes the rows;
inside it the files are written and everything is proven again; the commit is the moment at which it has happened.
Cut off before it, the next start puts the old files back; after it, there is nothing left to do.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import Error, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from onboard.catalog.dsn import dsn_from_settings
from onboard.errors import NothingDone, Refused
from onboard.history import journal as journals_
from onboard.history.backup import back_up
from onboard.history.journal import DONE, TAKEN_BACK, Journal
from onboard.history.rewrite import Rewrite, Statement
from onboard.history.rows import of_apps, read_rows, rows_are
from onboard.history.unmaking import prove_empty

_LOCK_KEY = 0x6F6E626F  # "onbo": one rewriting at a time in a database
_TRY_LOCK = Statement("select pg_catalog.pg_try_advisory_xact_lock(%s)", (_LOCK_KEY,))
_TIMEOUT = Statement("set local lock_timeout = '5s'")
_KEEP_OTHERS_OUT = Statement("lock table django_migrations in share row exclusive mode")


def apply(rewrite: Rewrite, root: Path, connection: BaseDatabaseWrapper, prove: Callable[[], None]) -> Journal:
    """Change files and rows; `prove` is called with both changed, before the commit, and raises to have them put back.

    Refused where the rows are no longer what the rewriting was planned on, or another one is under way.
    """
    begun = _journal(rewrite, root, connection)
    back_up(connection, begun.batch)
    journals_.save(begun, root)
    try:
        with _locked(connection):
            _change(rewrite, connection)
            journals_.put_files(begun, root, new=True)
            prove()
    except BaseException as error:
        journals_.put_files(begun, root, new=False)
        journals_.finish(begun, root, TAKEN_BACK)
        if isinstance(error, Error):
            raise NothingDone(
                f"The database refused: {' '.join(str(error).split())}. Everything is as it was."
            ) from error
        raise
    return journals_.finish(begun, root, DONE)


def _journal(rewrite: Rewrite, root: Path, connection: BaseDatabaseWrapper) -> Journal:
    now = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S%f")
    after: dict[str, str | None] = {str(file.path): file.text for file in rewrite.files.files}
    after |= dict.fromkeys(rewrite.remove)
    return Journal(
        batch=f"{now}-{rewrite.command}",
        command=rewrite.command,
        apps=rewrite.apps,
        alias=connection.alias,
        database=dsn_from_settings(connection.settings_dict).describe(),
        rows_before=rewrite.rows_before,
        rows_after=rewrite.rows_after,
        files_before=tuple((path, journals_.file_text(root, path)) for path in sorted(after)),
        files_after=tuple(sorted(after.items())),
        made=rewrite.makes,
        undoes=rewrite.undoes,
    )


@contextmanager
def _locked(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """One transaction that nobody else can write the record beside; released with the process that holds it."""
    if connection.vendor == "sqlite":
        with _immediate(connection), transaction.atomic(using=connection.alias):
            MigrationRecorder(connection).ensure_schema()
            yield
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_TIMEOUT.sql)
            cursor.execute(_TRY_LOCK.sql, _TRY_LOCK.params)
            if not (cursor.fetchone() or (False,))[0]:
                raise Refused("Another `onboard` is changing the history of this database.", remedy="Wait for it.")
        MigrationRecorder(connection).ensure_schema()
        if connection.vendor == "postgresql":
            cursor.execute(_KEEP_OTHERS_OUT.sql)
        yield


@contextmanager
def _immediate(connection: Any) -> Iterator[None]:  # Any: the stubs do not know SQLite's own attributes
    """SQLite: take the write lock with BEGIN, and keep foreign keys out of the way of table-making."""
    before = connection.transaction_mode
    connection.ensure_connection()
    had_checks = connection.disable_constraint_checking()
    connection.transaction_mode = "IMMEDIATE"
    try:
        yield
    finally:
        connection.transaction_mode = before
        if had_checks:
            connection.enable_constraint_checking()


def _change(rewrite: Rewrite, connection: BaseDatabaseWrapper) -> None:
    rows = of_apps(read_rows(connection), rewrite.apps)
    if rows != rewrite.rows_before:
        raise Refused("The recorded migrations have changed meanwhile.", remedy="Run the command again.")
    with connection.cursor() as cursor:
        for table in rewrite.drops:
            prove_empty(table, connection)
        for statement in rewrite.statements():
            cursor.execute(statement.sql, statement.params or None)
    if not rows_are(of_apps(read_rows(connection), rewrite.apps), rewrite.rows_after):
        raise NothingDone("The rows do not read back as they were written. Everything is as it was.")
