"""`onboard reset` on the command line: what it needs to be told, and what it says."""

from __future__ import annotations

from tests.history.conftest import MakeProject, engine, make_project, zygote
from tests.history.shops import seeded, shop

__all__ = ["engine", "make_project", "zygote"]


def test_apps_must_be_named(make_project: MakeProject) -> None:
    assert "No app is named" in seeded(shop(make_project)).onboard("reset", code=2)


def test_differences_are_exit_1_and_the_dry_run_exit_0(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    assert "Run it again with --apply" in project.onboard("reset", "shop", code=0)
    project.sql("alter table shop_tag add column x integer")
    assert "nothing is reset" in project.onboard("reset", "shop", "--apply", code=1)
