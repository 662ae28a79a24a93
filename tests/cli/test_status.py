from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.verify.legacy_project import POSTGRESQL, LegacyProject, legacy_project

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers


@pytest.fixture
def project(new_database: NewDatabase, tmp_path: Path) -> LegacyProject:
    return legacy_project(tmp_path, new_database(*POSTGRESQL, "analyze"))


def test_shows_stage_grade_size_and_dependants(project: LegacyProject) -> None:
    assert project.onboard("promote", "accounts").returncode == 0
    project.query("create view totals as select sum(total) from orders")
    project.query("create function f() returns trigger language plpgsql as 'begin return new; end'")
    project.query("create trigger watch before insert on orders for each row execute function f()")
    done = project.onboard("status", "--json")
    assert done.returncode == 0, done.stderr
    tables = {table["name"]: table for table in json.loads(done.stdout)["tables"]}
    assert tables["accounts"]["stage"] == "promoted"
    assert tables["accounts"]["dependants"] == ["public.legacy_customers"]
    assert tables["legacy_customers"]["grade"] == "ready"
    assert tables["orders"]["grade"] == "ready with notes"
    assert tables["orders"]["rows"] == 2
    assert tables["orders"]["dependants"] == ["public.totals"]
    assert tables["logs"]["grade"] == "blocked"


def test_counts_what_refers_to_a_table_without_a_constraint(project: LegacyProject) -> None:
    query = "select conname::text from pg_constraint where conrelid = 'legacy_customers'::regclass and contype = 'f'"
    for (name,) in project.query(query):
        project.query(f'alter table legacy_customers drop constraint "{name}"')
    done = project.onboard("status", "--json")
    tables = {table["name"]: table for table in json.loads(done.stdout)["tables"]}
    assert tables["accounts"]["dependants"] == ["public.legacy_customers"]


def test_is_a_table_for_a_person(project: LegacyProject) -> None:
    done = project.onboard("status")
    assert "public.logs" in done.stdout
    assert "it has no key" in done.stdout
    assert "4 tables: 0 promoted, 3 ready, 1 blocked." in done.stdout


def test_works_offline(project: LegacyProject) -> None:
    done = project.onboard("status", "--offline", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert done.returncode == 0, done.stderr
