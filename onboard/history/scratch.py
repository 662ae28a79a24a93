"""A connection of the project -> the same connection over an empty throw-away database, and back.

As Django's test runner does it: the alias stays, the name behind it changes, so that code of migrations which asks
for the default database reaches the throw-away one. Other databases of the settings refuse every statement meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from onboard.errors import NothingDone, Refused

_PREFIX = "onboard_scratch_"
_REMEDY = "Give the role `createdb`, or run this where one may create databases: it proves what it writes."


@contextlib.contextmanager
def scratch_database(alias: str) -> Iterator[BaseDatabaseWrapper]:
    """Give the alias' connection over an empty database that is dropped afterwards; NothingDone where none is made."""
    connection = connections[alias]
    make = {"postgresql": _postgresql, "sqlite": _sqlite}.get(connection.vendor)
    if make is None:
        raise NothingDone(f"No throw-away database can be made behind `{connection.vendor}`.")
    with make(connection) as name, _renamed(connection, name), _others_silent(alias):
        yield connection


def is_scratch(connection: BaseDatabaseWrapper) -> bool:
    """Whether the connection leads to a throw-away database now; asked of the settings it connects by."""
    return Path(str(connection.settings_dict["NAME"])).name.startswith(_PREFIX)


@contextlib.contextmanager
def _renamed(connection: BaseDatabaseWrapper, name: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    if connection.in_atomic_block:
        raise Refused("A throw-away database cannot be opened inside a transaction.")
    _close(connection)
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        _close(connection)
        connection.settings_dict["NAME"] = before


def _close(connection: BaseDatabaseWrapper) -> None:
    pool: Any = getattr(connection, "close_pool", None)  # Any: psycopg pools alone have it
    connection.close()
    if pool is not None:
        pool()


@contextlib.contextmanager
def _postgresql(connection: BaseDatabaseWrapper) -> Iterator[str]:
    name = f"{_PREFIX}{os.getpid()}_{secrets.token_hex(4)}"
    quoted = connection.ops.quote_name(name)
    encoding = _encoding(connection)
    _maintenance(connection, f"create database {quoted} encoding '{encoding}' template template0")
    try:
        yield name
    finally:
        _maintenance(connection, f"drop database if exists {quoted}")


def _encoding(connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select pg_catalog.current_setting('server_encoding')")
        row = cursor.fetchone()
    return str(row[0]) if row and str(row[0]).replace("_", "").replace("-", "").isalnum() else "UTF8"


def _maintenance(connection: Any, statement: str) -> None:  # Any: the stubs do not know `_nodb_cursor`
    try:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)
    except Error as error:
        raise NothingDone(
            f"No throw-away database could be made: {' '.join(str(error).split())}.", remedy=_REMEDY
        ) from None


@contextlib.contextmanager
def _sqlite(connection: BaseDatabaseWrapper) -> Iterator[str]:
    folder = tempfile.mkdtemp(prefix="onboard-")
    try:
        yield str(Path(folder) / f"{_PREFIX}{secrets.token_hex(4)}.sqlite3")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _others_silent(alias: str) -> Iterator[None]:
    """A data migration that names another database would write to the real one."""
    with contextlib.ExitStack() as stack:
        for other in connections:
            if other != alias:
                stack.enter_context(connections[other].execute_wrapper(_refuse(other)))
        yield


def _refuse(alias: str) -> Callable[..., Any]:  # Any: Django's wrappers are untyped
    def refuse(execute: object, sql: str, *rest: object) -> None:
        raise Refused(
            f"A migration reaches for database `{alias}` while it is tried in a throw-away one.",
            remedy=f"Leave its operation out with `--leave-out`, or run with `--database {alias}`.",
        )

    return refuse
