"""Files that were reset elsewhere and committed -> the record of this database set right, after the same proof."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from onboard.errors import Refused
from onboard.history.beyond import unsettled_on_disk
from onboard.history.memory import Memory, MigrationFile, read_memory
from onboard.history.proof import differences, models_of
from onboard.history.reset import Plan, nothing, require_installed, rows_after
from onboard.history.rewrite import Rewrite
from onboard.history.rows import of_apps
from onboard.history.staged import loader_of, nothing_staged
from onboard.project.files import tree_of


def plan_database_only(
    root: Path, connection: BaseDatabaseWrapper, labels: Collection[str], *, accepted: Collection[str] = ()
) -> Plan:
    """Return the plan of the database's half: the files are another environment's reset, committed.

    The tables are held against the state at the reset's migrations, not against models that may be ahead of them.
    """
    memory = read_memory(connection)
    require_installed(memory, labels)
    bridges = {
        label: tuple(file for file in memory.app(label).files if file.replaces and _stands_alone(memory, file))
        for label in sorted(labels)
    }
    for label, files in bridges.items():
        if not files:
            raise Refused(
                f"No migration of `{label}` on disk `replaces` others that are gone: its history is no reset one.",
                remedy=f"Check out the commit that holds it, or make one: `onboard reset {label} --apply`.",
            )
    loader = loader_of(None, nothing_staged())
    nodes = [file.key for files in bridges.values() for file in files]
    state = loader.project_state(nodes)
    models = models_of(labels, connection.alias, registry=state.apps)
    found = differences(models, connection, accepted=accepted)
    if found:
        found = unsettled_on_disk(found, models, connection, lambda _: sorted(nodes))
    apps = tuple(sorted(labels))
    before = of_apps(memory.rows, labels)
    if found:
        return Plan(nothing(labels), found)
    names = {label: memory.app(label).names for label in labels}
    replaced = {
        label: tuple(name for file in files for app, name in file.replaces if app == label)
        for label, files in bridges.items()
    }
    new = {label: tuple(file.name for file in files) for label, files in bridges.items()}
    after = rows_after(before, new, replaced, kept=names)
    return Plan(Rewrite("reset", apps, tree_of(()), (), before, after))


def _stands_alone(memory: Memory, file: MigrationFile) -> bool:
    """Whether what it stands for is gone from the disk: else it is a squash that is half-way."""
    on_disk = {one.key for one in memory.files}
    return not any(name in on_disk for name in file.replaces)
