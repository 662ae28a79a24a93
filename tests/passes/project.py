"""The smallest Django project around generated models, in a process of its own: no settings leak between tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from onboard.catalog.dsn import parse_dsn
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection
from onboard.catalog.structure import Catalog
from onboard.decisions.decide import decide
from onboard.decisions.decisions import Decisions
from onboard.decisions.names_lock import NamesLock
from onboard.decisions.person import Person
from onboard.draft.inspectdb import draft_models
from onboard.inference.proposals import Proposals
from onboard.passes.rewrite import rewrite
from onboard.passes.source import AppSource, Expression, Import
from onboard.passes.target import installed_target

HELPERS = Path(__file__).parents[2] / "templates/app/fields"

SETUP = """
import json, sys
from django.conf import settings
settings.configure(
    SECRET_KEY="tests", USE_TZ=True, DATABASES={"default": json.loads(sys.argv[1])},
    INSTALLED_APPS=["django.contrib.postgres", "legacy"], DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
import django
django.setup()
from django.apps import apps
from django.db import connection, transaction
models = list(apps.get_app_config("legacy").get_models())
def tell(value):
    print("TOLD" + json.dumps(value, default=str))
"""

STATE = """
from django.core.checks import run_checks
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
loader = MigrationLoader(None, ignore_no_migrations=True)
states = loader.project_state(), ProjectState.from_apps(apps)
for state in states:  # as if every model were tracked, which is what Django 6.2 does
    for model in state.models.values():
        model.options.pop("managed", None)
found = MigrationAutodetector(*states).changes(graph=loader.graph)
tell({
    "checks": [str(message) for message in run_checks(databases=["default"])],
    "changes": [op.describe() for made in found.values() for one in made for op in one.operations],
})
"""


def catalog_of(dsn: str, *schemas: str, views: bool = False) -> Catalog:
    """Scan a database."""
    return read_snapshot(parse_dsn(dsn), Selection(schemas=schemas, views=views)).catalog


def decisions_of(catalog: Catalog) -> Decisions:
    """Decide as a person who says nothing."""
    return decide(catalog, Proposals(), Person(), NamesLock(), app="legacy")


def app_of(catalog: Catalog, decisions: Decisions | None = None) -> AppSource:
    """Generate the app for the Django that is installed here."""
    decided = decisions or decisions_of(catalog)
    return rewrite(draft_models(catalog, decided), catalog, decided, target=installed_target())


def write_app(app: AppSource, folder: Path) -> None:
    """Write the app's package: models, helper fields, and a first migration made of what is recorded."""
    package = folder / app.app
    (package / "migrations").mkdir(parents=True)
    sources = (*app.preamble, *app.models)
    helpers = sorted({name for source in sources for name in source.uses_fields})
    lines = _imports({wanted for source in sources for wanted in source.imports})
    lines += [f"from .fields import {name}" for name in helpers]
    (package / "models.py").write_text("\n".join([*lines, "", *(source.text for source in sources)]))
    (package / "fields.py").write_text("\n".join((HELPERS / f"{name}.py").read_text() for name in helpers))
    (package / "migrations/0001_initial.py").write_text(_migration(app))
    for path in (package, package / "migrations"):
        (path / "__init__.py").touch()


def _imports(wanted: set[Import]) -> list[str]:
    return [f"from {one.module} import {one.name}" if one.name else f"import {one.module}" for one in sorted(wanted)]


def _migration(app: AppSource) -> str:
    wanted = {Import("django.db", "migrations")}
    operations = []
    for source in app.models:
        wanted |= {one for _, said in (*source.fields, *source.options) for one in said.imports}
        fields = "".join(f"({name!r}, {said.text}), " for name, said in source.fields)
        options = _pairs(source.options)
        operations.append(f"migrations.CreateModel({source.name!r}, [{fields}], {{{options}}}),")
    lines = [*_imports(wanted), "class Migration(migrations.Migration):", "    operations = [", *operations, "    ]"]
    return "\n".join(lines) + "\n"


def _pairs(options: tuple[tuple[str, Expression], ...]) -> str:
    return "".join(f"{name!r}: {said.text}, " for name, said in options)


def ask(folder: Path, dsn: str, script: str) -> object:
    """Run a script in the project and return what it tells."""
    parsed = parse_dsn(dsn)
    engine = {"postgresql": "django.db.backends.postgresql", "sqlite": "django.db.backends.sqlite3"}[parsed.engine]
    if parsed.engine == "sqlite":
        database: dict[str, object] = {"ENGINE": engine, "NAME": dsn.removeprefix("sqlite:///")}
    else:
        import psycopg.conninfo

        given = psycopg.conninfo.conninfo_to_dict(dsn)
        keys = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
        database = {"ENGINE": engine, **{keys[name]: str(value) for name, value in given.items() if name in keys}}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SETUP + script, json.dumps(database)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in done.stdout.splitlines() if line.startswith("TOLD")]
    assert told, done.stdout + done.stderr
    answer: object = json.loads(told[-1].removeprefix("TOLD"))
    return answer
