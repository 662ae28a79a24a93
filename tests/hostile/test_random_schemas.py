"""Random schemas of hostile names go the whole way; a failure names its seed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.history.projects import Zygote
from tests.hostile.random_schema import RandomSchema
from tests.hostile.walk import walk

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers

_FIRST = int(os.environ.get("ONBOARD_FIRST_SEED", "1000"))


@pytest.mark.parametrize("seed", range(10))
def test_goes_the_whole_way(seed: int, new_database: NewDatabase, zygote: Zygote, tmp_path: Path) -> None:
    _walk(seed, new_database, zygote, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(_FIRST, _FIRST + 300))
def test_goes_the_whole_way_from_any_seed(seed: int, new_database: NewDatabase, zygote: Zygote, tmp_path: Path) -> None:
    _walk(seed, new_database, zygote, tmp_path)


def _walk(seed: int, new_database: NewDatabase, zygote: Zygote, tmp_path: Path) -> None:
    schema = RandomSchema(seed)
    folder = tmp_path / "work"
    folder.mkdir()
    scan = [part for name in schema.schemas for part in ("--schema", name)]
    found = walk(zygote, folder, new_database(*schema.statements()), new_database(), *scan)
    assert len(found.tables) == len(schema.tables)
