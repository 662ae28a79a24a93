"""`onboard adopt` on the command line."""

from __future__ import annotations

from tests.history.conftest import MakeProject, engine, make_project, zygote
from tests.history.shops import seeded, shop

__all__ = ["engine", "make_project", "zygote"]


def test_apps_must_be_named_and_nothing_is_done_twice(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    project.onboard("adopt", code=2)
    assert "There is nothing to do" in project.onboard("adopt", "shop", code=0)
