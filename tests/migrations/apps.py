"""Small apps for tests: models by hand, a real Django project in a folder, its commands in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from onboard.catalog.structure import Catalog
from onboard.decisions.decisions import Decisions, TableDecision
from onboard.migrations.baseline import baseline_files
from onboard.passes.source import AppSource, Expression, Import, ModelSource
from onboard.project.files import FileTree
from tests.catalogs import name_of

_SETTINGS = """\
SECRET_KEY = "tests"
INSTALLED_APPS = ["legacy"]
DATABASES = {databases!r}
DATABASE_ROUTERS = {routers!r}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
"""

_RUN = """\
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
import django
from django.core.management import CommandError, call_command
django.setup()
for command in json.loads(sys.argv[1]):
    try:
        call_command(*command)
    except CommandError as error:
        sys.exit(f"CommandError: {error}")
"""


def model(name: str, table: str, fields: dict[str, str], **options: str) -> ModelSource:
    """A model by its fields as a migration writes them; `db_table` is the table's own name unless said otherwise."""
    django_models = frozenset({Import("django.db", "models")})
    said = {"managed": "False", "db_table": repr(name_of(table).name), **options}
    return ModelSource(
        table=name_of(table),
        name=name,
        text=class_text(name, fields, said),
        imports=django_models,
        uses_fields=frozenset(),
        fields=tuple((field, Expression(text, django_models)) for field, text in fields.items()),
        options=tuple((option, Expression(text)) for option, text in said.items()),
    )


def class_text(name: str, fields: dict[str, str], options: dict[str, str]) -> str:
    """The class as `models.py` says it."""
    lines = [f"    {field} = {text}" for field, text in fields.items()]
    meta = [f"        {option} = {text}" for option, text in options.items()]
    return "\n".join([f"class {name}(models.Model):", *lines, "", "    class Meta:", *meta, ""])


def baseline(catalog: Catalog, *models: ModelSource) -> FileTree:
    """The migrations folder of an app `legacy` of these models."""
    decisions = Decisions(
        "legacy",
        tuple(TableDecision(one.table, one.name, one.name.lower(), one.table.name, None, ()) for one in models),
    )
    return baseline_files(AppSource("legacy", models), catalog, decisions)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Project:
    """A Django project with one app, `legacy`."""

    root: Path

    def run(self, *commands: str) -> Outcome:
        """Run manage.py commands one after the other in one process; `out` and `err` are those of all."""
        return self._python(_RUN, json.dumps([command.split() for command in commands]))

    def ok(self, *commands: str) -> str:
        """Run commands that must succeed and return what they print."""
        outcome = self.run(*commands)
        assert outcome.code == 0, outcome.out + outcome.err
        return outcome.out

    def script(self, text: str) -> str:
        """Run a script inside the project and return what it prints."""
        head = "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'settings'\nimport django\ndjango.setup()\n"
        outcome = self._python(head + text)
        assert outcome.code == 0, outcome.out + outcome.err
        return outcome.out

    def write(self, path: str, text: str) -> None:
        """Write one file of the project."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def models(self, *models: ModelSource) -> None:
        """Write the app's models."""
        self.write("legacy/models.py", "from django.db import models\n\n\n" + "\n\n".join(one.text for one in models))

    def migration(self, name: str, after: str, *operations: str) -> None:
        """Write a migration of these operations."""
        lines = "".join(f"        {operation},\n" for operation in operations)
        self.write(
            f"legacy/migrations/{name}.py",
            "from django.db import migrations, models\n\nfrom . import _onboard\n\n\n"
            f"class Migration(migrations.Migration):\n    dependencies = [('legacy', {after!r})]\n\n"
            f"    operations = [\n{lines}    ]\n",
        )

    def _python(self, text: str, *arguments: str) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", text, *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)


def project(
    root: Path,
    files: FileTree,
    *models: ModelSource,
    databases: dict[str, dict[str, object]],
    routers: tuple[str, ...] = (),
) -> Project:
    """A project over these databases with an app of these models and migration files."""
    made = Project(root)
    made.write("settings.py", _SETTINGS.format(databases=databases, routers=list(routers)))
    made.write("legacy/__init__.py", "")
    made.models(*models)
    for file in files.files:
        made.write(str(file.path), file.text)
    return made


def database(dsn: str, *, search_path: str = "") -> dict[str, object]:
    """An entry of DATABASES for `postgresql://...` or `sqlite:///path`."""
    if dsn.startswith("sqlite:///"):
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": dsn.removeprefix("sqlite:///")}
    said = conninfo_to_dict(dsn)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": str(said["dbname"]),
        **{key.upper(): str(said[key]) for key in ("host", "port", "user", "password") if said.get(key)},
        "OPTIONS": {"options": f"-c search_path={search_path}"} if search_path else {},
    }
