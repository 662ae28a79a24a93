"""A connection of the project -> the same connection over an empty throw-away database, and back.

As Django's test runner does it: the alias stays, the name behind it changes, so that code of migrations which asks
for the default database reaches the throw-away one. Other databases of the settings refuse every statement meanwhile.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from onboard.catalog.dsn import dsn_from_settings
from onboard.decisions.django_names import database_names
from onboard.errors import NothingDone, Refused
from onboard.history.proof import search_path
from onboard.migrations.ddl.quoting import identifier

_PREFIX = "onboard_scratch_"
_NAME = re.compile(rf"{_PREFIX}(?P<maker>[0-9a-f]{{8}})_(?P<pid>[0-9]+)_[0-9a-f]{{8}}(\.sqlite3)?")
_LEFT = """
select d.datname
  from pg_catalog.pg_database d
 where pg_catalog.starts_with(d.datname::text, %s)
   and pg_catalog.pg_has_role(d.datdba, 'usage')
   and not exists (select 1 from pg_catalog.pg_stat_activity a where a.datid = d.oid)
 order by d.datname
"""
_REMEDY = "Give the role `createdb`, or run this where one may create databases: it proves what it writes."


@contextlib.contextmanager
def scratch_database(alias: str) -> Iterator[BaseDatabaseWrapper]:
    """Give the alias' connection over an empty database that is dropped afterwards; NothingDone where none is made."""
    connection = connections[alias]
    make = {"postgresql": _postgresql, "sqlite": _sqlite}.get(connection.vendor)
    if make is None:
        raise NothingDone(f"No throw-away database can be made behind `{connection.vendor}`.")
    schemas = _schemas(connection)
    with make(connection) as name, _renamed(connection, name), _others_silent(alias):
        with connection.cursor() as cursor:
            for schema in schemas:
                cursor.execute(f"create schema if not exists {identifier(schema)}")
        yield connection


def _schemas(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """The schemas that the settings' search path and the models' tables lie in; migrations do not make them."""
    if connection.vendor != "postgresql":
        return ()
    named = {schema for model in apps.get_models() for schema in database_names(model._meta.db_table)[:-1]}
    return tuple(sorted({*search_path(connection), *named}))


def is_scratch(connection: BaseDatabaseWrapper) -> bool:
    """Whether the connection leads to a throw-away database now; asked of the settings it connects by."""
    return Path(str(connection.settings_dict["NAME"])).name.startswith(_PREFIX)


def left_over(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """Return the throw-away databases of processes that are gone: killed before they could drop them."""
    if connection.vendor != "postgresql":
        folders = Path(tempfile.gettempdir()).glob(f"{_PREFIX}*")
        return tuple(sorted(folder.name for folder in folders if _is_orphan(folder.name, connection)))
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, (_PREFIX,))
        return tuple(name for (name,) in cursor.fetchall() if _is_orphan(name, connection))


def drop_left_over(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """Drop them and return their names; one that somebody is in after all stays."""
    dropped = []
    for name in left_over(connection):
        if connection.vendor == "postgresql":
            with contextlib.suppress(NothingDone):
                _maintenance(connection, f"drop database if exists {identifier(name)}")
                dropped.append(name)
        else:
            shutil.rmtree(Path(tempfile.gettempdir()) / name, ignore_errors=True)
            dropped.append(name)
    return tuple(dropped)


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
    name = _new_name(connection)
    quoted = identifier(name)
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
    folder = Path(tempfile.gettempdir()) / _new_name(connection)
    folder.mkdir(mode=0o700)
    try:
        yield str(folder / f"{folder.name}.sqlite3")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _new_name(connection: BaseDatabaseWrapper) -> str:
    """A name that says where and for what it was made: a later run for the same database may know it for left over."""
    return f"{_PREFIX}{_maker(connection)}_{os.getpid()}_{secrets.token_hex(4)}"


def _maker(connection: BaseDatabaseWrapper) -> str:
    """This machine, and the database that the settings name."""
    words = f"{socket.gethostname()} {dsn_from_settings(connection.settings_dict).describe()}"
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def _is_orphan(name: str, connection: BaseDatabaseWrapper) -> bool:
    made_by = _NAME.fullmatch(name)
    if made_by is None or made_by["maker"] != _maker(connection):
        return False
    try:
        os.kill(int(made_by["pid"]), 0)
    except ProcessLookupError:
        return True
    except OSError:  # it runs, as somebody else
        return False
    return False


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
