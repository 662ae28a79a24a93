"""A rewriting that is killed leaves, after the next start, the old memory or the new one, and never a mixture."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.history.conftest import MakeProject
from tests.history.kills import COUNTING, State, count_steps, killed, points, state_of
from tests.history.projects import Project
from tests.history.shops import shop_and_blog


@dataclass(frozen=True)
class Case:
    """A command, and what it is run on."""

    command: tuple[str, ...]
    break_: Callable[[Project], None]


def _a_row_gone(project: Project) -> None:
    project.sql("delete from django_migrations where app = 'shop' and name = '0001_initial'")


def _forgotten(project: Project) -> None:
    """Neither files nor rows, and a table to be made."""
    for path in (project.root / "shop/migrations").glob("*.py"):
        path.unlink()
    project.sql("delete from django_migrations where app = 'shop'", "drop table shop_order_tags")


def _sound(_: Project) -> None:
    pass


def _squashed(project: Project) -> None:
    project.onboard("squash", "shop", "--apply")


# Whichever of `adopt`, `reset` and `squash` starts next puts back, or completes. This one proves nothing on top of it.
NEXT_START = ("reset", "shop", "--database-only")
CASES = {
    "reset": Case(("reset", "shop", "--apply"), _a_row_gone),
    "adopt": Case(("adopt", "shop", "--apply"), _forgotten),
    "squash": Case(("squash", "shop", "--apply"), _sound),
    "finish": Case(("squash", "shop", "--finish", "--apply"), _squashed),
}


def _tried(make_project: MakeProject, case: Case, kills: int) -> tuple[int, int]:
    """Kill at so many steps; return how often the old and how often the new memory was there afterwards."""
    project = shop_and_blog(make_project)
    case.break_(project)
    shutil.rmtree(project.root / ".onboard", ignore_errors=True)
    settings = project.root / "config/settings.py"
    settings.write_text(settings.read_text() + COUNTING)
    old = state_of(project)
    steps = count_steps(project, *case.command)
    new = state_of(project)
    _back(project, old)
    ended = [0, 0]
    for at in points(steps, kills, seed=7):
        if not killed(project, at, *case.command):
            raise AssertionError(f"step {at} of {steps} was never reached")
        project.onboard(*NEXT_START, code=None)
        after = state_of(project)
        assert after.is_like(old) or after.is_like(new), f"between old and new after a kill at step {at} of {steps}"
        ended[after.is_like(new)] += 1
        if after.is_like(new):
            _back(project, old)
        shutil.rmtree(project.root / ".onboard", ignore_errors=True)
    return ended[0], ended[1]


def _back(project: Project, old: State) -> None:
    """Take the last rewriting back; forget the backups."""
    project.onboard("reset", "--undo")
    assert state_of(project).is_like(old)
    shutil.rmtree(project.root / ".onboard", ignore_errors=True)


@pytest.mark.parametrize("command", CASES)
def test_a_few_kills(make_project: MakeProject, command: str) -> None:
    old, new = _tried(make_project, CASES[command], 4)
    assert old + new == 4


@pytest.mark.soak
@pytest.mark.parametrize("command", CASES)
def test_two_hundred_kills(make_project: MakeProject, engine: str, command: str) -> None:
    old, new = _tried(make_project, CASES[command], 200)
    print(f"\n{command} on {engine}, 200 kills: {old} old, {new} new, 0 between")
    assert old + new == 200
    assert old > 0
    assert new > 0


def test_a_throw_away_database_of_a_killed_run_is_dropped_by_the_next(make_project: MakeProject) -> None:
    project = shop_and_blog(make_project)
    settings = project.root / "config/settings.py"
    settings.write_text(settings.read_text() + COUNTING)
    steps = count_steps(project, "squash", "shop")
    assert any(_leaves_one(project, at) for at in range(steps // 2, steps, 2))
    assert "Dropped `onboard_scratch_" in project.onboard("squash", "shop", code=None)
    assert "scratch_left" not in project.onboard("doctor", code=None)


def _leaves_one(project: Project, at: int) -> bool:
    assert killed(project, at, "squash", "shop")
    return "scratch_left" in project.onboard("doctor", code=None)
