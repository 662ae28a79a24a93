"""What a Django project's settings say, asked in a process of their own: they may do anything at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from onboard.cli.layout import settings_module, source_roots

_ASK = """
import json, sys
from django.conf import settings
print("\\n" + json.dumps([list(map(str, settings.INSTALLED_APPS)), bool(settings.USE_TZ), list(settings.DATABASES)]))
"""
_ASK_APPLIED = """
import sys
import django
django.setup()
from django.db import Error, connections
from django.db.migrations.recorder import MigrationRecorder
found = set()
for alias in connections:
    try:
        found.add((sys.argv[1], "0001_initial") in MigrationRecorder(connections[alias]).applied_migrations())
    except Error:
        pass
print("\\n" + (str(True in found) if found else ""))
"""
_TIMEOUT_S = 30


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """The few settings that `generate` looks at."""

    installed_apps: tuple[str, ...]
    use_tz: bool
    databases: tuple[str, ...] = ()  # aliases

    def has_database(self, alias: str) -> bool:
        """Whether the settings name a database so."""
        return alias in self.databases

    def has_app(self, app: str) -> bool:
        """Whether the app is installed, by its name or through its AppConfig."""
        return any(name == app or name.startswith(f"{app}.apps.") for name in self.installed_apps)


def project_settings(root: Path) -> ProjectSettings | None:
    """Return what the settings say; None where they do not load, such as without `DATABASE_URL`."""
    answer = _asked(root, _ASK)
    if answer is None:
        return None
    try:
        installed, use_tz, databases = json.loads(answer)
    except ValueError:
        return None
    return ProjectSettings(tuple(installed), bool(use_tz), tuple(databases))


def is_baseline_applied(root: Path, app: str) -> bool | None:
    """Whether any database has the app's first migration on record; None where none can be asked."""
    return {"True": True, "False": False}.get(_asked(root, _ASK_APPLIED, app) or "")


def _asked(root: Path, question: str, *arguments: str) -> str | None:
    """Return the last line that the question prints in the project."""
    name = settings_module(root)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": name}
    places = [str(place) for place in source_roots(root, name)]
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-c",
        f"import sys; sys.path[:0] = {places!r}\n{question}",
        *arguments,
    ]
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip().rpartition("\n")[2] if done.returncode == 0 else None
