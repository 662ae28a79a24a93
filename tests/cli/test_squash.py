"""`onboard squash` on the command line."""

from __future__ import annotations

from tests.history.conftest import MakeProject, engine, make_project, zygote
from tests.history.shops import seeded, shop

__all__ = ["engine", "make_project", "zygote"]


def test_a_name_that_fits_none_or_several_is_exit_2(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    assert "There are: 0001_initial, 0002_note" in project.onboard("squash", "shop", "--to", "000", code=2)
    assert "is the name of 0 migrations" in project.onboard("squash", "shop", "--from", "7", code=2)
