"""Asks the person's own project what its migrations record, with the app as it is about to be; in a process of its own.

A project's settings may do anything at all, so they are never loaded into the process of `generate`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from onboard.cli.django_project import set_up
from onboard.cli.layout import settings_module
from onboard.errors import OnboardError

if TYPE_CHECKING:
    from onboard.migrations.follow import Followed

_TIMEOUT_S = 300


class NotAsked(Exception):
    """The project could not be asked; the message is the reason, in one line."""


def ask(root: Path, app: str, texts: Mapping[str, str], *, new_tables: Sequence[str]) -> Followed:
    """Return what follows from the migrations on disk and these texts of the app's modules; NotAsked where none can."""
    from onboard.migrations.follow import Followed

    question = json.dumps({"root": str(root), "app": app, "texts": dict(texts), "new_tables": list(new_tables)})
    try:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "onboard.cli.following"],
            input=question,
            cwd=root,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": settings_module(root)},
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, OnboardError, subprocess.TimeoutExpired) as error:
        raise NotAsked(str(error)) from error
    last = done.stdout.rstrip().rpartition("\n")[2]
    try:
        answer = json.loads(last)
        if "reason" in answer:
            raise NotAsked(answer["reason"])
        return Followed(answer["name"], answer["text"], tuple(answer["promoted"]), tuple(answer["owned"]))
    except (ValueError, KeyError, TypeError):
        said = done.stderr.strip().rpartition("\n")[2]
        raise NotAsked(said or "the project's settings do not load") from None


def _answer(question: Mapping[str, object]) -> dict[str, object]:
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState

    from onboard.cli.planned_app import plan
    from onboard.migrations.follow import followed_database
    from onboard.migrations.promotion import History

    root, app = Path(str(question["root"])), str(question["app"])
    texts = question["texts"]
    new_tables = question["new_tables"]
    assert isinstance(texts, dict)
    assert isinstance(new_tables, list)
    plan(root, texts)
    set_up(root)
    config = next((one for one in apps.get_app_configs() if one.name.rpartition(".")[2] == app), None)
    if config is None:
        return {"reason": f"`{app}` is not in INSTALLED_APPS"}
    loader = MigrationLoader(None, ignore_no_migrations=True)
    history = History(config.label, loader, loader.project_state(), ProjectState.from_apps(apps))
    return asdict(followed_database(history, new_tables=new_tables))


def main() -> None:
    """Answer the question on stdin, as the last line on stdout."""
    try:
        answer = _answer(json.load(sys.stdin))
    except OnboardError as error:
        answer = {"reason": str(error)}
    sys.stdout.write("\n" + json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
