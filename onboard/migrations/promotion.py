"""Models to hand over -> the migration that does it: the record brought up to the models first, then the flags.

Nothing here touches a database. The flip itself (`Promote`, `Demote`) lives in the app's own `migrations/_onboard.py`,
because migrations need it for ever; here it is only named.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from anyascii import anyascii
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration, SeparateDatabaseAndState
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from onboard.catalog.structure import TableName
from onboard.errors import Refused
from onboard.migrations.state_sync import Named, state_sync

_NAME_LENGTH = 40  # of the table in a migration's name


@dataclass(frozen=True, slots=True)
class Handover:
    """One model whose flag is to be flipped."""

    table: TableName
    model: str  # class name


@dataclass(frozen=True, slots=True)
class History:
    """An app's migrations as they are on disk, and the states at both ends."""

    app_label: str
    loader: MigrationLoader
    recorded: ProjectState
    current: ProjectState

    def is_recorded_managed(self, model: str) -> bool | None:
        """What the record says of a model's flag; None where no migration creates the model."""
        state = self.recorded.models.get((self.app_label, model.lower()))
        return None if state is None else bool(state.options.get("managed", True))


def promotion(history: History, models: Sequence[Handover], *, each: bool) -> tuple[Migration, ...]:
    """Return the migration that makes these models' tables Django's, or one for each of them; in the order given."""
    return _handed_over(history, models, "promote", each)


def demotion(history: History, models: Sequence[Handover]) -> tuple[Migration, ...]:
    """Return the migration that takes these models' tables out of Django's hands again."""
    return _handed_over(history, models, "demote", each=False)


def statements(history: History, migrations: Sequence[Migration], connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """Return the SQL that the migrations would send, as `sqlmigrate` finds it; sends nothing itself."""
    editor = connection.schema_editor(collect_sql=True, atomic=True)
    editor.deferred_sql = []
    state = history.recorded.clone()
    for migration in migrations:
        state = migration.apply(state, editor, collect_sql=True)
    written = (str(line) for line in (*editor.collected_sql, *editor.deferred_sql))
    return tuple(line for line in written if line.strip() and not line.lstrip().startswith("--"))


def followed_elsewhere(
    history: History, operations: Sequence[Operation], *, demoted: Sequence[str] = ()
) -> list[Operation]:
    """Return what adds the fields that these operations record to tables that were made from an older record.

    That is in databases of another kind than the scanned one, and of `demoted` models wherever migrations made them.
    """
    module, _ = MigrationLoader.migrations_module(history.app_label)
    follow = getattr(importlib.import_module(f"{module}._onboard"), "FollowElsewhere", None)
    changed = [one for one in operations if type(one).__name__ in ("AddField", "AlterField")]
    names = sorted({one.model_name for one in changed})  # type: ignore[attr-defined]  # both have one
    if follow is None or not names or importlib.util.find_spec(f"{module}._baseline") is None:
        return []
    again = [name for name in names if name.lower() in demoted]
    return [follow(names, again) if again else follow(names)]


def _handed_over(history: History, models: Sequence[Handover], verb: str, each: bool) -> tuple[Migration, ...]:
    flip = _flip(history, verb.capitalize())
    keys: list[Named] = [(history.app_label, one.model.lower()) for one in models]
    sync = state_sync(history.recorded, history.current, history.loader.graph, keys)
    first: list[Operation] = (
        [
            SeparateDatabaseAndState(state_operations=list(sync.operations)),
            *followed_elsewhere(history, sync.operations),
        ]
        if sync.operations
        else []
    )
    found: list[Migration] = []
    name, number = leaf(history)
    for group in ([one] for one in models) if each else [list(models)]:
        dependencies = [(history.app_label, name)] if name else []
        number += 1
        name = f"{number:04}_{verb}_{_slug(group)}"
        wanted = sync.dependencies if not found else ()
        operations = [
            *(first if not found else ()),
            flip(group[0].model if len(group) == 1 else [one.model for one in group]),
        ]
        body = {"dependencies": [*dependencies, *wanted], "operations": operations}
        migration: Migration = type("Migration", (Migration,), body)(name, history.app_label)
        found.append(migration)
    return tuple(found)


def _flip(history: History, name: str) -> Callable[[str | list[str]], Operation]:
    module, _ = MigrationLoader.migrations_module(history.app_label)
    try:
        flip: Callable[[str | list[str]], Operation] = getattr(importlib.import_module(f"{module}._onboard"), name)
    except (ImportError, AttributeError, TypeError) as error:
        raise Refused(
            f"The app `{history.app_label}` has no `migrations/_onboard.py` with a `{name}`.",
            remedy="Run `onboard generate` again, which writes it, or take it from version control.",
        ) from error
    return flip


def leaf(history: History) -> tuple[str, int]:
    """Return the app's last migration and its number; "" and 0 where it has none, Refused where it has several."""
    leaves = sorted(name for _, name in history.loader.graph.leaf_nodes(history.app_label))
    if len(leaves) > 1:
        raise Refused(
            f"The migrations of `{history.app_label}` end in several: {', '.join(f'`{leaf}`' for leaf in leaves)}.",
            remedy="Run `manage.py makemigrations --merge` first.",
        )
    if not leaves:
        return "", 0
    count = sum(label == history.app_label for label, _ in history.loader.disk_migrations)
    return leaves[0], MigrationAutodetector.parse_number(leaves[0]) or count


def _slug(models: Sequence[Handover]) -> str:
    if len(models) > 1:
        return f"{len(models)}_tables"
    words = re.sub(r"[^a-z0-9]+", "_", anyascii(models[0].table.name).lower()).strip("_")
    return words[:_NAME_LENGTH].strip("_") or models[0].model.lower()
