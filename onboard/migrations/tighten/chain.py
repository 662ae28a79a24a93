"""Steps + a promotion -> migrations in a row, numbered after the app's last one, and the SQL that each runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration

from onboard.migrations.promotion import History, leaf
from onboard.migrations.tighten.gap import Step


@dataclass(frozen=True, slots=True)
class Link:
    """One migration, and the step that it takes; None for a promotion."""

    migration: Migration
    step: Step | None


def chain(
    history: History, before: Sequence[Step], promotions: Sequence[Migration], after: Sequence[Step]
) -> tuple[Link, ...]:
    """Return all migrations in order, each depending on the one before."""
    name, number = leaf(history)
    links: list[Link] = []
    row: list[Step | Migration] = [*before, *promotions, *after]
    for one in row:
        number += 1
        dependencies = [(history.app_label, name)] if name else []
        if isinstance(one, Step):
            name = f"{number:04}_tighten_{one.name}"
            links.append(Link(_migration(history.app_label, name, dependencies, one), one))
            continue
        wanted = [pair for pair in one.dependencies if pair[0] != history.app_label]
        name = f"{number:04}_{one.name.partition('_')[2]}"
        body = {"dependencies": [*dependencies, *wanted], "operations": one.operations}
        links.append(Link(type("Migration", (Migration,), body)(name, history.app_label), None))
    return tuple(links)


def statements(history: History, links: Sequence[Link], connection: BaseDatabaseWrapper) -> tuple[tuple[str, ...], ...]:
    """Return the SQL of each migration, as `sqlmigrate` shows it; sends nothing."""
    state = history.recorded.clone()
    found = []
    for link in links:
        editor = connection.schema_editor(collect_sql=True, atomic=bool(link.migration.atomic))
        editor.deferred_sql = []
        state = link.migration.apply(state, editor, collect_sql=True)
        lines = (str(line) for line in (*editor.collected_sql, *editor.deferred_sql))
        found.append(tuple(line for line in lines if line.strip() and not line.lstrip().startswith("--")))
    return tuple(found)


def _migration(app_label: str, name: str, dependencies: list[tuple[str, str]], step: Step) -> Migration:
    is_atomic = not any(operation.atomic is False for operation in step.operations)
    body = {"dependencies": dependencies, "operations": list(step.operations), "atomic": is_atomic}
    migration: Migration = type("Migration", (Migration,), body)(name, app_label)
    return migration
