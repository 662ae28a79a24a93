"""The rows of `django_migrations` -> a copy in a table of their own, in the same database, read back."""

from __future__ import annotations

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from onboard.errors import NothingDone
from onboard.history.rows import Row, has_record, read_rows

TABLE = "onboard_history"

_CREATE = """
create table if not exists onboard_history (
    batch varchar(64) not null,
    id bigint not null,
    app varchar(255) not null,
    name varchar(255) not null,
    applied {time} not null,
    primary key (batch, id)
)
"""
_COPY = """
insert into onboard_history (batch, id, app, name, applied)
select %s, id, app, name, applied
  from django_migrations
 order by id
"""
_READ_BACK = """
select app, name, id, cast(applied as varchar(64))
  from onboard_history
 where batch = %s
 order by id
"""


def back_up(connection: BaseDatabaseWrapper, batch: str) -> tuple[Row, ...]:
    """Copy the whole record into the table, and return it as it reads back; NothingDone where that is not the same."""
    if not has_record(connection):
        return ()
    time = "timestamp with time zone" if connection.vendor == "postgresql" else "datetime"
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(_CREATE.format(time=time))
        cursor.execute(_COPY, (batch,))
        copied = _read_back(connection, batch)
        if copied != read_rows(connection):
            raise NothingDone("The copy of `django_migrations` does not read back as it was: nothing has been changed.")
    return copied


def _read_back(connection: BaseDatabaseWrapper, batch: str) -> tuple[Row, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_READ_BACK, (batch,))
        return tuple(Row(app, name, int(id_), applied) for app, name, id_, applied in cursor.fetchall())
