"""Files and rows as they are now -> nothing to make and nothing to apply, or Refused."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Iterable
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from onboard.errors import Refused
from onboard.history.memory import forget_modules, read_memory
from onboard.history.rows import Named
from onboard.history.staged import loader_of, nothing_staged
from onboard.history.states import unmade_changes


def prove_applied(
    root: Path,
    connection: BaseDatabaseWrapper,
    labels: Collection[str],
    *,
    whole: bool = True,
    compare_models: bool = True,
    may_wait: Collection[Named] = (),
) -> None:
    """Refused unless Django, reading everything afresh, has nothing to make and nothing to apply for these apps.

    Those of `may_wait` are to be applied later. With `whole` off, others that are ahead of the record may wait too.
    With `compare_models` off, models are not looked at: the ones in this process are no longer what is on disk.
    """
    forget_modules((app.label for app in read_memory(connection).apps), helpers=not compare_models)
    loader = loader_of(connection, nothing_staged())
    loader.check_consistent_history(connection)
    if conflicts := {label: names for label, names in loader.detect_conflicts().items() if label in labels}:
        raise Refused(f"There are several last migrations: {conflicts}.")
    waiting = [key for key in loader.graph.nodes if key[0] in labels and key not in loader.applied_migrations]
    waiting = [key for key in waiting if key not in may_wait]
    if whole and waiting:
        raise Refused(f"`migrate` would still apply {_named(waiting)}.")
    if whole and compare_models and unmade_changes(loader, labels):
        # A model may call a function of a migration, which has just been read again and is another one here.
        prove_afresh(root, labels)


def prove_afresh(root: Path, labels: Collection[str]) -> None:
    """Refused unless `makemigrations --check` is clean for these apps in a process of its own."""
    places = [place for place in sys.path if place and Path(place).is_relative_to(root)] or [str(root)]
    command = [sys.executable, "-W", "ignore", "-c", _CHECK, os.pathsep.join(places), *sorted(labels)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise Refused(f"`makemigrations --check` is not clean: {' '.join(last)}")


_CHECK = """
import os, sys
sys.path[:0] = sys.argv[1].split(os.pathsep)
sys.dont_write_bytecode = True
import django
django.setup()
from django.db.migrations.loader import MigrationLoader
MigrationLoader.check_consistent_history = lambda self, connection: None  # the rows are not committed yet
from django.core.management import call_command
call_command("makemigrations", *sys.argv[2:], check_changes=True, dry_run=True, verbosity=1)
"""


def _named(keys: Iterable[Named]) -> str:
    return ", ".join(f"`{app}.{name}`" for app, name in sorted(keys))
