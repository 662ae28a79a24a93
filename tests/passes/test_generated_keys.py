"""A primary key of several columns with a generated one: Django has no such key, so the model is read-only."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.passes.project import STATE, app_of, ask, catalog_of, write_app

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers

SCHEMA = (
    "create table project (id integer, name text not null, "
    "folded text generated always as (lower(name)) stored not null, primary key (id, folded))",
    "insert into project values (1, 'Ada')",
)
USE = """
Project = apps.get_model("legacy", "Project")
tell({"rows": list(Project.objects.values_list("id", "name", "folded")), "pk": Project._meta.pk.column})
"""


def test_can_be_read_by_where_the_rows_lie(new_database: NewDatabase, tmp_path: Path) -> None:
    database = new_database(*SCHEMA)
    app = app_of(catalog_of(database))
    write_app(app, tmp_path)
    assert ask(tmp_path, database, STATE) == {"checks": [], "changes": []}
    assert ask(tmp_path, database, USE) == {"rows": [[1, "Ada", "ada"]], "pk": "ctid"}
    (model,) = app.models
    assert any("has a key of several columns with a generated one" in note for note in model.notes)
