from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.verify.legacy_project import POSTGRESQL, LegacyProject, legacy_project

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers


@pytest.fixture
def project(new_database: NewDatabase, tmp_path: Path) -> LegacyProject:
    return legacy_project(tmp_path, new_database(*POSTGRESQL))


def _is_clean(project: LegacyProject) -> bool:
    return project.manage("makemigrations", "--check", "--dry-run").returncode == 0


def test_leaves_a_table_alone_that_is_not_djangos(project: LegacyProject) -> None:
    done = project.onboard("demote", "orders")
    assert done.returncode == 0
    assert "Nothing to do" in done.stdout
    assert not list((project.root / "legacy/migrations").glob("0002*"))


def test_puts_the_model_back_and_keeps_the_rows(project: LegacyProject) -> None:
    before, rows = project.text("legacy/models.py"), project.query("select * from accounts order by 1")
    assert project.onboard("promote", "accounts").returncode == 0
    assert project.manage("migrate").returncode == 0
    assert project.onboard("demote", "accounts").returncode == 0
    assert project.text("legacy/models.py") == before
    assert "Demote(" in project.text("legacy/migrations/0003_demote_accounts.py")
    assert project.manage("migrate").returncode == 0
    assert _is_clean(project)
    assert project.manage("migrate", "legacy", "zero").returncode == 0
    assert project.query("select * from accounts order by 1") == rows


def test_rows_survive_a_field_that_came_and_went_between_promotions(project: LegacyProject) -> None:
    assert project.onboard("promote", "--all").returncode == 3
    models = project.text("legacy/models.py")
    code = "    code = models.CharField(max_length=20)\n"
    project.write("legacy/models.py", models.replace(code, f"{code}    note = models.TextField(null=True)\n"))
    _migrate_changes(project)
    project.write("legacy/models.py", models)
    _migrate_changes(project)
    for command in ("demote", "promote"):
        assert project.onboard(command, "accounts").returncode == 0
        assert project.manage("migrate").returncode == 0
    assert _is_clean(project)
    for target in (("legacy", "0004"), ("legacy", "0002"), (), ("legacy", "zero"), ()):
        done = project.manage("migrate", *target)
        assert done.returncode == 0, done.stderr
        assert project.query("select id, code from accounts order by 1") == [(1, "a"), (2, "b")]
    assert project.query("select fullname from legacy_customers order by 1") == [("Ann",), ("Bob",)]


def _migrate_changes(project: LegacyProject) -> None:
    assert project.manage("makemigrations").returncode == 0
    assert project.manage("migrate").returncode == 0


def test_all_demotes_every_promoted_table(project: LegacyProject) -> None:
    before = project.text("legacy/models.py")
    assert project.onboard("promote", "accounts", "orders").returncode == 0
    assert project.onboard("demote", "--all").returncode == 0
    assert project.text("legacy/models.py").replace("  # the shop writes here, too", "") != before
    assert project.text("legacy/models.py").count("managed = False") == 4
    assert _is_clean(project)


def test_dry_run_writes_nothing(project: LegacyProject) -> None:
    assert project.onboard("promote", "orders").returncode == 0
    before = project.text("legacy/models.py")
    done = project.onboard("demote", "orders", "--dry-run")
    assert done.returncode == 0
    assert "+        managed = False" in done.stdout
    assert project.text("legacy/models.py") == before
