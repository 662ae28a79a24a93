"""The record: rows of `django_migrations` as frozen values, read and put back exactly, ids and times too.

Times travel as the text the database itself gives for them, so that what is put back is what was there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

Named = tuple[str, str]  # (app label, migration name)

TABLE = "django_migrations"

# PostgreSQL gives a timestamp with its zone, SQLite the text that lies in the file.
_READ = """
select id, app, name, cast(applied as varchar(64))
  from django_migrations
 order by id
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One recorded migration. A row that is yet to be inserted has neither id nor time: the database gives both."""

    app: str
    name: str
    id: int | None = None
    applied: str | None = None

    @property
    def key(self) -> Named:
        """What Django knows a migration by."""
        return self.app, self.name


def read_rows(connection: BaseDatabaseWrapper) -> tuple[Row, ...]:
    """Return every recorded migration, by id; none where the database has no such table yet."""
    if not has_record(connection):
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        return tuple(Row(app, name, int(id_), applied) for id_, app, name, applied in cursor.fetchall())


def has_record(connection: BaseDatabaseWrapper) -> bool:
    """Whether Django has ever recorded a migration in this database."""
    with connection.cursor() as cursor:
        return TABLE in connection.introspection.table_names(cursor)


def of_apps(rows: Iterable[Row], apps: Iterable[str]) -> tuple[Row, ...]:
    """Return the rows of these apps."""
    wanted = frozenset(apps)
    return tuple(row for row in rows if row.app in wanted)


def rows_are(rows: tuple[Row, ...], expected: tuple[Row, ...]) -> bool:
    """Return whether these are the expected rows; ids and times that the database was to give are not compared."""
    rest = list(rows)
    for row in expected:
        if row.id is not None and row not in rest:
            return False
        if row.id is not None:
            rest.remove(row)
    return sorted(row.key for row in rest) == sorted(row.key for row in expected if row.id is None)
