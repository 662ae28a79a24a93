"""The small project around an app: its settings read any `DATABASE_URL`, and it runs on Django alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from onboard.catalog.structure import Catalog
from onboard.decisions.decide import decide
from onboard.decisions.decisions import Decisions
from onboard.decisions.names_lock import read_lock
from onboard.decisions.person import read_person
from onboard.inference.proposals import Proposals
from onboard.passes.source import AppSource
from onboard.project.django_apps import django_clashes
from onboard.project.format import formatted
from onboard.project.search_path import search_path_option
from onboard.project.skeleton import project_files
from onboard.project.write import write
from tests.catalogs import catalog, column, table

ASK = "from django.conf import settings; import json; print(json.dumps(settings.DATABASES['default'], default=str))"


def decided(made: Catalog) -> Decisions:
    return decide(made, Proposals(), read_person(None), read_lock(None), app="legacy")


def laid_down(root: Path, *names: str) -> Path:
    """Write the project, with an empty app beside it."""
    made = catalog(*(table(name, column("id", "int4"), primary_key="id") for name in names or ("orders",)))
    files = project_files(AppSource("legacy", ()), made, decided(made), django="Django>=5.2")
    write(formatted(files), root)
    (root / "legacy").mkdir()
    (root / "legacy/__init__.py").touch()
    return root


def asked(root: Path, url: str | None, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings"} | ({} if url is None else {"DATABASE_URL": url})
    arguments = [sys.executable, *(command or ("-c", ASK))]
    return subprocess.run(arguments, cwd=root, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u:p@h:5433/n", {"NAME": "n", "USER": "u", "PASSWORD": "p", "HOST": "h", "PORT": "5433"}),
        ("postgres://h/n", {"NAME": "n", "USER": "", "PASSWORD": "", "HOST": "h", "PORT": ""}),
        (
            f"postgresql://u%40x:{quote('p@/:%#ä', safe='')}@h/n%20m",
            {"USER": "u@x", "PASSWORD": "p@/:%#ä", "NAME": "n m"},
        ),
        ("postgresql://u@[::1]:5433/n", {"HOST": "::1", "PORT": "5433"}),
        ("postgresql:///n?host=/run/postgresql", {"HOST": "/run/postgresql", "OPTIONS": {}}),
        ("postgresql://%2Frun%2Fpostgresql/n", {"HOST": "/run/postgresql"}),
        (
            "postgresql://h/n?sslmode=require&connect_timeout=3",
            {"OPTIONS": {"sslmode": "require", "connect_timeout": "3"}},
        ),
        ("sqlite:////abs/x.db", {"NAME": "/abs/x.db"}),
    ],
)
def test_the_settings_read_a_url(tmp_path: Path, url: str, expected: dict[str, object]) -> None:
    import json

    done = asked(laid_down(tmp_path), url)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert {key: found[key] for key in expected} == expected


def test_a_relative_file_lies_beside_manage_py(tmp_path: Path) -> None:
    done = asked(laid_down(tmp_path), "sqlite:///data/x.db")
    assert str(tmp_path / "data/x.db") in done.stdout


@pytest.mark.parametrize("url", [None, "", "mysql://h/n", "sqlite://", "nonsense"])
def test_the_settings_say_what_is_wrong_with_a_url(tmp_path: Path, url: str | None) -> None:
    done = asked(laid_down(tmp_path), url)
    assert done.returncode == 1
    assert "ImproperlyConfigured" in done.stderr


def test_the_project_checks_and_migrates(tmp_path: Path) -> None:
    root = laid_down(tmp_path)
    for command in (["check", "--fail-level", "WARNING"], ["migrate", "-v0"], ["makemigrations", "--check"]):
        done = asked(root, "sqlite:///x.db", "manage.py", *command)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["auth_user", "django_content_type", "django_session", "django_admin_log"])
def test_one_of_djangos_own_apps_is_left_out_where_its_table_is_taken(tmp_path: Path, name: str) -> None:
    made = catalog(table(name, column("id", "int4"), primary_key="id"))
    clashes = django_clashes(made, decided(made))
    assert name in clashes[0].reason
    root = laid_down(tmp_path, name)
    assert clashes[0].app + " is left out" in (root / "config/settings.py").read_text()
    for command in (["check", "--fail-level", "WARNING"], ["migrate", "-v0"]):
        done = asked(root, "sqlite:///x.db", "manage.py", *command)
        assert done.returncode == 0, done.stderr


def test_nothing_clashes_where_no_table_has_such_a_name() -> None:
    made = catalog(table("users", column("id", "int4"), primary_key="id"))
    assert django_clashes(made, decided(made)) == ()


@pytest.mark.parametrize(
    ("schemas", "expected"),
    [
        (("public", "hr"), "public,hr"),
        (("public", "Hr Dept"), 'public,"Hr\\ Dept"'),
        (('we"ird',), '"we""ird"'),
        (("back\\slash",), '"back\\\\slash"'),
        (("a,b",), '"a,b"'),
    ],
)
def test_a_search_path_survives_the_connection_options(schemas: tuple[str, ...], expected: str) -> None:
    assert search_path_option(schemas) == expected
