"""A connection of the project's own -> counts of rows, read only."""

from __future__ import annotations

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from onboard.errors import NothingDone, Refused


def count_rows(connection: BaseDatabaseWrapper, sql: str) -> int:
    """Return what a counting query says; Refused where the database cannot run it, such as without SELECT."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise NothingDone("The database cannot be reached to count rows.", where=str(connection.alias)) from error
    try:
        with transaction.atomic(connection.alias), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("set transaction read only")
                cursor.execute("set local statement_timeout = 0")  # a role's own limit is for other work
            cursor.execute(sql, None)
            row = cursor.fetchone()
    except DatabaseError as error:
        problem = " ".join(str(error).split())
        raise Refused(
            f"Rows could not be counted: {problem}.", where=f"`{sql}`", remedy="Grant SELECT on both tables."
        ) from error
    return int(row[0]) if row else 0
