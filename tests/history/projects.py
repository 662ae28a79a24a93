"""Builds small real Django projects and runs commands in them: `manage.py`, `onboard`, a few lines of Python."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

Answer: TypeAlias = dict[str, Any]
Ask: TypeAlias = Callable[[dict[str, Any]], Answer]

_SETTINGS = """
SECRET_KEY = "x"
INSTALLED_APPS = {apps!r}
DATABASES = {{"default": {database!r}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
MIDDLEWARE = []
ROOT_URLCONF = "config.urls"
{more}
"""
_MANAGE = """
import os, sys
if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)
"""
DUMP = """
import json
from django.db import connection
with connection.cursor() as cursor:
    names = sorted(n for n in connection.introspection.table_names(cursor) if n not in {skip!r})
    found = {{}}
    for name in names:
        cursor.execute('select * from ' + connection.ops.quote_name(name))
        found[name] = sorted(repr(row) for row in cursor.fetchall())
print(json.dumps(found))
"""
_CATALOG = """
import dataclasses
from django.db import connection
from onboard.catalog.canonical import to_json
from onboard.history.proof import live_catalog
found = live_catalog(connection)
kept = tuple(t for t in found.tables if t.name.name != "onboard_history")
print(to_json(dataclasses.replace(found, tables=kept)))
"""
_ROWS = """
import json
from django.db import connection
from onboard.history.rows import read_rows
print(json.dumps([[r.id, r.app, r.name, r.applied] for r in read_rows(connection)]))
"""


class Zygote:
    """The process that commands are forked from; started with the first one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def __call__(self, request: dict[str, Any]) -> Answer:
        if self._process is None:
            script = Path(__file__).with_name("zygote.py")
            self._process = subprocess.Popen(
                [sys.executable, "-W", "ignore", str(script)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer: Answer = json.loads(self._process.stdout.readline())
        return answer

    def stop(self) -> None:
        if self._process is not None:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.close()
            self._process.wait(10)
            self._process.stdout.close()


@dataclass(frozen=True)
class Project:
    """One project on one database."""

    root: Path
    ask: Ask
    engine: str
    settings: str = "config.settings"  # "": not in the environment
    source: str = "."  # where code is, if it is not where `manage.py` is

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(textwrap.dedent(text).lstrip("\n"))

    def app(self, name: str, models: str, *, more: str = "from django.db import models\n") -> None:
        self.write(f"{name}/__init__.py", "")
        self.write(f"{name}/models.py", more + "\n" + textwrap.dedent(models))

    def migration(self, app: str, name: str, body: str, *, more: str = "") -> None:
        self.write(f"{app}/migrations/__init__.py", "")
        text = "from django.db import migrations, models\n" + textwrap.dedent(more) + "\n\n"
        text += "class Migration(migrations.Migration):\n" + textwrap.indent(textwrap.dedent(body).strip("\n"), "    ")
        self.write(f"{app}/migrations/{name}.py", text + "\n")

    def remove(self, path: str) -> None:
        (self.root / path).unlink()

    def run(self, kind: str, *arguments: str, **env: str) -> Answer:
        return self.ask(
            {
                "kind": kind,
                "cwd": str(self.root),
                "arguments": list(arguments),
                "env": {**({"DJANGO_SETTINGS_MODULE": self.settings} if self.settings else {}), **env},
                "path": [] if kind == "onboard" else [str(self.root / self.source)],
            }
        )

    def manage(self, *arguments: str, code: int | None = 0) -> str:
        return self._checked(self.run("manage", *arguments), code)

    def onboard(self, *arguments: str, code: int | None = 0) -> str:
        return self._checked(self.run("onboard", *arguments), code)

    def python(self, text: str) -> str:
        return self._checked(self.run("python", textwrap.dedent(text)), 0)

    def sql(self, *statements: str) -> None:
        self.python(
            f"from django.db import connection\nwith connection.cursor() as c:\n  for s in {statements!r}: c.execute(s)"
        )

    def empty(self) -> None:
        """Take everything out of the database."""
        if self.engine == "postgresql":
            self.sql("drop schema public cascade", "create schema public")
        else:
            self.remove("db.sqlite3")

    def rows(self) -> dict[str, list[str]]:
        """All rows of all tables but Django's record and the backup of it."""
        found: dict[str, list[str]] = json.loads(
            self.python(DUMP.format(skip={"django_migrations", "onboard_history"}))
        )
        return found

    def record(self) -> list[tuple[int, str, str, str]]:
        return [tuple(row) for row in json.loads(self.python(_ROWS))]

    def catalog(self) -> str:
        return self.python(_CATALOG)

    def files(self) -> dict[str, str]:
        """All Python files of the project."""
        return {
            path.relative_to(self.root).as_posix(): path.read_text()
            for path in sorted(self.root.rglob("*.py"))
            if "__pycache__" not in path.parts
        }

    def settled(self, *apps: str) -> None:
        """Django has nothing to make and nothing to apply."""
        assert "No changes detected" in self.manage("makemigrations", "--check", "--dry-run", *apps)
        assert "No planned migration operations" in self.manage("migrate", "--plan")
        self.manage("migrate", "--check")
        self.manage("check")

    def _checked(self, answer: Answer, code: int | None) -> str:
        if code is not None:
            assert answer["code"] == code, f"exit {answer['code']}\n{answer['out']}\n{answer['err']}"
        return str(answer["out"] + (answer["err"] if code is None or code else ""))


def new_project(
    root: Path,
    ask: Ask,
    database: dict[str, Any],
    *apps: str,
    more: str = "",
    own: tuple[str, ...] | None = None,
) -> Project:
    """A project with these apps, whose files are still to be written; `own` are those without a dot by default."""
    project = Project(root, ask, "sqlite" if "sqlite3" in database["ENGINE"] else "postgresql")
    project.write("manage.py", _MANAGE)
    project.write("config/__init__.py", "")
    project.write("config/settings.py", _SETTINGS.format(apps=list(apps), database=database, more=more))
    project.write("config/urls.py", "urlpatterns = []\n")
    for app in [app for app in apps if "." not in app] if own is None else own:
        project.write(f"{app}/__init__.py", "")
    return project


def sqlite_settings(folder: Path) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "db.sqlite3")}


def postgresql_settings(dsn: str) -> dict[str, Any]:
    parts = urlsplit(dsn)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": parts.username or "",
        "PASSWORD": parts.password or "",
        "HOST": host,
        "PORT": str(parts.port or ""),
    }
