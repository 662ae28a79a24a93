"""Promoted, tightened, demoted and promoted again while others write: every row is what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.legacy_dbs import LegacyDb, legacy_dbs
from tests.migrations.walk import walk


@pytest.mark.soak
@pytest.mark.parametrize("legacy", legacy_dbs(), ids=lambda one: one.name)
def test_every_row_is_what_it_was(legacy: LegacyDb, new_database: NewDatabase, tmp_path: Path) -> None:
    dsn = legacy.made(new_database, tmp_path / "database")
    walked = walk(tmp_path / "work", dsn, *legacy.scan)
    assert walked.after == walked.before
    assert walked.inserted == walked.traffic.written > 0
    assert walked.traffic.refused == []
    assert walked.traffic.longest_lock_s < 0.1
