"""Checks and predicates on columns that are foreign keys: relations know fewer lookups than other fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.passes.project import STATE, app_of, ask, catalog_of, write_app

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers


def test_a_pattern_stays_in_the_databases_words_and_comparisons_become_expressions(
    new_database: NewDatabase, tmp_path: Path
) -> None:
    dsn = new_database(
        "create table kind (code text primary key)",
        "create table thing (id integer primary key, code text not null references kind, "
        "constraint starts_low check (code ~ '^[a-z]'), constraint is_late check (code >= 'b'))",
        "create unique index once on thing (id, code) where code ~ '^x'",
    )
    write_app(app_of(catalog_of(dsn)), tmp_path)
    assert ask(tmp_path, dsn, STATE) == {"checks": [], "changes": []}
    text = (tmp_path / "legacy/models.py").read_text()
    assert "__regex" not in text
    assert "code_id__gte" in text
