"""A history, on disk or staged -> the Catalog of an empty database in which it has been run."""

from __future__ import annotations

from collections.abc import Callable

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from onboard.catalog.structure import Catalog
from onboard.errors import OnboardError, Refused
from onboard.history.proof import live_catalog
from onboard.history.rows import Named
from onboard.history.scratch import is_scratch, scratch_database
from onboard.history.staged import Staged, executor_of, loader_of

Targets = Callable[[MigrationLoader], list[Named]]


def built(alias: str, staged: Staged, targets: Targets) -> Catalog:
    """Return what the history makes of an empty database, up to the targets.

    Runs the project's own migrations, functions included, as a test run does. Refused where one of them fails,
    NothingDone where no throw-away database can be made.
    """
    with scratch_database(alias) as connection:
        loader = loader_of(connection, staged)
        _migrate(connection, loader, targets(loader))
        return live_catalog(connection, apps.get_models())


def leaves_of(*labels: str) -> Targets:
    """Return the targets that run all of these apps' migrations."""
    return lambda loader: sorted(key for key in loader.graph.leaf_nodes() if key[0] in labels)


def _migrate(connection: BaseDatabaseWrapper, loader: MigrationLoader, targets: list[Named]) -> None:
    assert is_scratch(connection), "the connection must have been led to a throw-away database"
    executor = executor_of(connection, loader)
    running: list[str] = []

    def note(action: str, migration: object = None, fake: bool = False) -> None:
        if action == "apply_start":
            running.append(str(migration))

    executor.progress_callback = note  # type: ignore[assignment]  # Django calls it by position
    try:
        executor.migrate(targets)
    except OnboardError:
        raise
    except Exception as error:  # a migration is anybody's code
        where = running[-1] if running else "the plan"
        raise Refused(
            f"Built in an empty database, the history fails at `{where}`: {type(error).__name__}: "
            f"{' '.join(str(error).split())}.",
            remedy="Mend that migration, or leave its operations out: `--leave-out APP.NAME`.",
        ) from error
