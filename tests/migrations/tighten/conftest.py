"""One worn database and its project, made once; every test gets copies of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.conftest import NewDatabase
from tests.migrations.tighten.worn import copy_of, fill, project_over
from tests.verify.legacy_project import LegacyProject

MakeWorn = Callable[..., LegacyProject]


@pytest.fixture(scope="session")
def worn_template(server_dsn: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LegacyProject]:
    """The project over the worn database, with orphans in none of its rows."""
    name = f"onboard_worn_{tmp_path_factory.getbasetemp().name.replace('-', '_')}"
    with psycopg.connect(server_dsn, autocommit=True) as connection:
        connection.execute(f'drop database if exists "{name}" with (force)'.encode())
        connection.execute(f'create database "{name}" template template0'.encode())
    dsn = urlsplit(server_dsn)._replace(path=f"/{name}").geturl()
    fill(dsn)
    yield project_over(dsn, tmp_path_factory.mktemp("worn") / "project")
    with psycopg.connect(server_dsn, autocommit=True) as connection:
        connection.execute(f'drop database if exists "{name}" with (force)'.encode())


@pytest.fixture
def make_worn(worn_template: LegacyProject, new_database: NewDatabase, tmp_path: Path) -> MakeWorn:
    """A maker of copies: `make_worn("delete from item", orphans=True)`."""

    def make(*statements: str, orphans: bool = False) -> LegacyProject:
        dsn = new_database()
        fill(dsn, orphans=orphans)
        with psycopg.connect(dsn, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())
        return copy_of(worn_template, tmp_path / f"project{len(list(tmp_path.iterdir()))}", dsn)

    return make


@pytest.fixture
def worn(make_worn: MakeWorn) -> LegacyProject:
    """The project over a fresh copy of the worn database."""
    return make_worn()
