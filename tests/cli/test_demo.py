"""`demo` does the main job and leaves a project that runs."""

from __future__ import annotations

from pathlib import Path

from tests.legacy_dbs import manage, onboard


def test_leaves_a_project_that_runs(tmp_path: Path) -> None:
    done = onboard(tmp_path, "demo", "shown", "--sqlite")
    for command in ("onboard scan", "onboard generate --app legacy", "onboard promote --all", "manage.py runserver"):
        assert command in done.stdout
    assert "class Patient(models.Model):" in done.stdout
    root = tmp_path / "shown"
    manage(root, "check", "--fail-level", "WARNING", dsn="sqlite:///legacy.sqlite3")
    manage(root, "makemigrations", "--check", "--dry-run", dsn="sqlite:///legacy.sqlite3")


def test_leaves_a_folder_alone_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo/precious.txt").write_text("x")
    assert "not empty" in onboard(tmp_path, "demo", "--sqlite", code=2).stderr
    assert [path.name for path in (tmp_path / "demo").iterdir()] == ["precious.txt"]
