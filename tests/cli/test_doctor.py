"""`onboard doctor` on the command line: exit codes and JSON."""

from __future__ import annotations

import json

from tests.history.conftest import MakeProject, engine, make_project, zygote
from tests.history.shops import seeded, shop

__all__ = ["engine", "make_project", "zygote"]


def test_exit_0_without_findings_1_with_and_2_for_an_unknown_app(make_project: MakeProject) -> None:
    project = seeded(shop(make_project))
    project.onboard("doctor", "shop", code=0)
    project.onboard("doctor", "shoe", code=2)
    project.sql("delete from django_migrations where app = 'shop' and name = '0001_initial'")
    assert "1 finding" in project.onboard("doctor", "shop", code=1)
    document = json.loads(project.run("onboard", "doctor", "--json")["out"])
    assert document["format"] == "onboard-doctor/1"


def test_a_folder_without_a_project_is_bad_input(make_project: MakeProject) -> None:
    project = make_project("shop")
    project.remove("manage.py")
    answer = project.run("onboard", "doctor", DJANGO_SETTINGS_MODULE="")
    assert answer["code"] == 2
    assert "no `manage.py`" in answer["err"]


def test_a_database_that_is_not_there_is_exit_4_and_the_password_is_not_shown(make_project: MakeProject) -> None:
    project = make_project("shop")
    settings = project.root / "config/settings.py"
    settings.write_text(
        settings.read_text()
        + "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'NAME': 'x', 'USER': 'u', "
        "'PASSWORD': 'hidden-word', 'HOST': '127.0.0.1', 'PORT': '1'}}\n"
    )
    project.app("shop", "")
    answer = project.run("onboard", "doctor")
    assert answer["code"] == 4, answer["err"]
    assert "hidden-word" not in answer["out"] + answer["err"]
