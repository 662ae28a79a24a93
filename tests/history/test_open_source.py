"""Open-source projects with long histories: migrated, their memory broken, mended; catalogue and rows unchanged."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NewDatabase
from tests.history.open_source import CASES, Case, installed, own_labels, project_of
from tests.history.projects import Project, postgresql_settings, sqlite_settings

pytestmark = pytest.mark.soak


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with all of the projects; made once."""
    return installed(tmp_path_factory.mktemp("environment"))


@pytest.fixture
def database(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> dict[str, Any]:
    if engine == "sqlite":
        return sqlite_settings(tmp_path)
    new_database: NewDatabase = request.getfixturevalue("new_database")
    return postgresql_settings(new_database())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_long_history_is_reset_broken_and_reset_again(
    case: Case, tmp_path: Path, python: Path, database: dict[str, Any]
) -> None:
    project = project_of(case, tmp_path, python, database)
    project.manage("migrate", "-v0")
    labels = own_labels(project)
    files = _migrations(project, labels)
    rows, catalog = project.rows(), project.catalog()
    findings = project.run("onboard", "doctor", *labels)["out"]
    began = time.monotonic()
    options = [word for name in case.leave_out for word in ("--leave-out", name)] + ["--carry"] * case.carry
    project.onboard("reset", *labels, "--apply", *options)
    took = time.monotonic() - began
    _same(project, rows, catalog, labels)
    after = _migrations(project, labels)
    assert "agree" in project.onboard("doctor", *labels), findings
    _break(project, labels)
    project.onboard("reset", *labels, "--apply", *options)
    _same(project, rows, catalog, labels)
    print(f"\n{findings}{case.name}: {len(labels)} apps, {files} -> {after} migrations", end=", ")
    print(f"{len(rows)} tables, {took:.1f} s")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_history_without_files_or_rows_is_adopted(
    case: Case, tmp_path: Path, python: Path, database: dict[str, Any]
) -> None:
    project = project_of(case, tmp_path, python, database)
    project.manage("migrate", "-v0")
    labels = own_labels(project)
    rows, catalog = project.rows(), project.catalog()
    for path in _files(project, labels):
        if _imported(project, path):
            return  # a history that other modules import from cannot be deleted by hand at all
        path.unlink()
    listed = ", ".join(f"'{label}'" for label in labels)
    project.sql(f"delete from django_migrations where app in ({listed})")
    project.onboard("adopt", *labels, "--apply", *_accepting(case))
    _same(project, rows, catalog, labels)


def _accepting(case: Case) -> list[str]:
    return [word for kind in case.accept for word in ("--accept", kind)]


def _same(project: Project, rows: dict[str, list[str]], catalog: str, labels: list[str]) -> None:
    assert project.catalog() == catalog
    assert project.rows() == rows
    assert "No changes detected" in project.manage("makemigrations", "--check", "--dry-run", *labels)
    assert "No planned migration operations" in project.manage("migrate", "--plan")


def _break(project: Project, labels: list[str]) -> None:
    """Two leaves, a row gone, a row that nobody knows."""
    for label in labels[:3]:
        last = max(path for path in _files(project, [label]))
        first = min(path for path in _files(project, [label]))
        last.with_name("0099_other.py").write_text(
            "from django.db import migrations\n\nclass Migration(migrations.Migration):\n"
            f"    dependencies = [('{label}', '{first.stem}')]\n"
        )
        project.sql(
            f"delete from django_migrations where app = '{label}' and name = '{last.stem}'",
            f"insert into django_migrations (app, name, applied) values ('{label}', '0077_gone', current_timestamp)",
        )


def _migrations(project: Project, labels: list[str]) -> int:
    return len(_files(project, labels))


def _files(project: Project, labels: list[str]) -> list[Path]:
    folders = project.python(
        "from django.db import connection\nfrom onboard.history.memory import read_memory\n"
        f"print(*[read_memory(connection).app(l).folder for l in {labels!r}])"
    ).split()
    return [path for folder in folders for path in sorted(Path(folder).glob("[!_]*.py"))]


def _imported(project: Project, path: Path) -> bool:
    word = f"migrations.{path.stem}"
    return any(word in text for name, text in project.files().items() if "/migrations/" not in name)
