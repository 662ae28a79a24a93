"""A rewriting that is killed leaves, after the next start, the old memory or the new one, and never a mixture."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.history.conftest import MakeProject
from tests.history.kills import COUNTING, State, count_steps, killed, points, state_of
from tests.history.projects import Project
from tests.history.shops import shop_and_blog

_RESET = ("reset", "shop", "--apply")


def _counting(make_project: MakeProject) -> Project:
    project = shop_and_blog(make_project)
    settings = project.root / "config/settings.py"
    settings.write_text(settings.read_text() + COUNTING)
    project.sql("delete from django_migrations where app = 'shop' and name = '0001_initial'")
    return project


def _tried(make_project: MakeProject, tmp_path: Path, kills: int) -> tuple[int, int]:
    """Kill at so many steps; return how often the old and how often the new memory was there afterwards."""
    project = _counting(make_project)
    old = state_of(project)
    steps = count_steps(project, *_RESET)
    new = state_of(project)
    _back(project, old)
    ended = [0, 0]
    for at in points(steps, kills, seed=7):
        if not killed(project, at, *_RESET):
            raise AssertionError(f"step {at} of {steps} was never reached")
        project.onboard("reset", "shop", code=None)  # the next start: puts back, or completes
        after = state_of(project)
        assert after.rows == old.rows
        assert after.is_like(old) or after.is_like(new), f"between old and new after a kill at step {at} of {steps}"
        ended[after.is_like(new)] += 1
        _back(project, old)
    return ended[0], ended[1]


def _back(project: Project, old: State) -> None:
    """Take the last rewriting back, if it happened; forget the backups."""
    if not state_of(project).is_like(old):
        project.onboard("reset", "--undo")
        assert state_of(project).is_like(old)
    shutil.rmtree(project.root / ".onboard", ignore_errors=True)


def test_a_few_kills(make_project: MakeProject, tmp_path: Path) -> None:
    old, new = _tried(make_project, tmp_path, 5)
    assert old + new == 5


@pytest.mark.soak
def test_two_hundred_kills(make_project: MakeProject, tmp_path: Path) -> None:
    old, new = _tried(make_project, tmp_path, 200)
    print(f"\n200 kills: {old} old, {new} new, 0 between")
    assert old + new == 200
    assert old > 0
    assert new > 0
