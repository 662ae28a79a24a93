"""What the tests of this folder may ask for: a project on either engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.conftest import NewDatabase
from tests.history.projects import Project, Zygote, new_project, postgresql_settings, sqlite_settings

MakeProject: TypeAlias = Callable[..., Project]


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """The process that commands are forked from."""
    started = Zygote()
    yield started
    started.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def make_project(tmp_path: Path, zygote: Zygote, engine: str, request: pytest.FixtureRequest) -> MakeProject:
    """A maker of empty projects: `make_project("shop", "blog", more="AUTH_USER_MODEL = ...")`."""

    def make(*apps: str, more: str = "") -> Project:
        database: dict[str, Any] = sqlite_settings(tmp_path)
        if engine == "postgresql":
            new_database: NewDatabase = request.getfixturevalue("new_database")
            database = postgresql_settings(new_database())
        return new_project(tmp_path, zygote, database, *apps, more=more)

    return make
