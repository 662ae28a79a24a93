from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.verify.legacy_project import POSTGRESQL, LegacyProject, legacy_project

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers


@pytest.fixture
def project(new_database: NewDatabase, tmp_path: Path) -> LegacyProject:
    return legacy_project(tmp_path, new_database(*POSTGRESQL))


def test_orders_the_steps_by_foreign_keys(project: LegacyProject) -> None:
    done = project.onboard("plan")
    assert done.returncode == 0, done.stderr
    first, second, third = (
        f"{number}. onboard promote public.{name}"
        for number, name in enumerate(("accounts", "legacy_customers", "orders"), start=1)
    )
    assert done.stdout.index(first) < done.stdout.index(second) < done.stdout.index(third)
    assert "public.logs: it has no key" in done.stdout
    assert "no SQL, no lock" in done.stdout
    assert "legacy.0001_initial" in done.stdout


def test_a_promoted_table_is_no_step(project: LegacyProject) -> None:
    assert project.onboard("promote", "accounts").returncode == 0
    assert "promote public.accounts" not in project.onboard("plan").stdout
