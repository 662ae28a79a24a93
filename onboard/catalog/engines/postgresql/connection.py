"""Dsn -> one read-only transaction on a PostgreSQL server, and the wording of everything that may stop it.

Messages of libpq and of the server are passed on without any password that was given.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from onboard.catalog.dsn import Dsn
from onboard.catalog.engines.postgresql.server import Cursor, Row
from onboard.errors import NothingDone

_BEGIN = b"""
begin transaction isolation level repeatable read read only;
set local jit = off;
set local row_security = off;
set local statement_timeout = '60s';
set local lock_timeout = '500ms'
"""


# The server cannot convert a text to UTF-8, or what it sent as such is none.
UNDECODABLE = (psycopg.errors.UntranslatableCharacter, psycopg.errors.CharacterNotInRepertoire, UnicodeDecodeError)


# The server looks definitions up as they are now, not as of the snapshot: an object dropped meanwhile is missed.
_CHANGED_MEANWHILE = (
    psycopg.errors.InternalError_,
    psycopg.errors.UndefinedObject,
    psycopg.errors.UndefinedTable,
    psycopg.errors.UndefinedColumn,
    psycopg.errors.UndefinedFunction,
    psycopg.errors.DeadlockDetected,
)
# Expressions and the definitions of views are read under a lock, which somebody else may hold.
_LOCKED = psycopg.errors.LockNotAvailable


class CatalogueChanged(Exception):
    """Somebody changed the structure while it was read."""


class TableLocked(CatalogueChanged):
    """Somebody holds a table, so that nothing of it can be read."""


@contextmanager
def connected(dsn: Dsn) -> Iterator[psycopg.Connection[Row]]:
    """Open a connection in autocommit mode; NothingDone where the server cannot be reached or refuses us."""
    keywords = {"connect_timeout": "10", "application_name": "onboard", **dsn.keywords(), "client_encoding": "utf8"}
    failure = ""
    connection = None
    try:
        connection = psycopg.connect(**keywords, autocommit=True, prepare_threshold=None)  # type: ignore[arg-type]  # libpq keywords are open
    except (psycopg.Error, UnicodeError) as error:
        failure = wording(dsn, error)
    if connection is None:
        # Raised here, not inside `except`: the driver's own error must not travel along in `__context__`.
        raise NothingDone(
            f"Cannot connect to PostgreSQL: {failure}",
            where=f"`{dsn.describe()}`",
            remedy="Check host, port, database name, user and password.",
        )
    with connection:
        yield connection


@contextmanager
def one_picture(dsn: Dsn) -> Iterator[Cursor]:
    """Give a cursor with binary results inside one REPEATABLE READ READ ONLY transaction, which is rolled back."""
    with connected(dsn) as connection:
        failure = ""
        try:
            connection.execute(_BEGIN)
            cursor = psycopg.Cursor(connection)
            cursor.format = psycopg.pq.Format.BINARY
            yield cursor
            connection.execute(b"rollback")
        except UNDECODABLE:
            raise  # the reader asks once more, without conversion
        except _LOCKED as error:
            raise TableLocked(wording(dsn, error)) from None
        except _CHANGED_MEANWHILE as error:
            raise CatalogueChanged(wording(dsn, error)) from None
        except psycopg.Error as error:
            failure = wording(dsn, error)
        if failure:
            raise NothingDone(f"The catalogue cannot be read: {failure}", where=f"`{dsn.describe()}`")


def wording(dsn: Dsn, error: Exception) -> str:
    """Return the message of the driver or server on one line, with no password of the DSN in it."""
    text = " ".join(str(error).split())
    for _, secret in dsn.secrets:
        if secret.value:
            text = text.replace(secret.value, "***")
    return text
