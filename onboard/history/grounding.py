"""What new migrations depend on in other apps -> the earliest that will do, so that nothing stands on itself."""

from __future__ import annotations

from collections.abc import Collection

from django.db.migrations import Migration

from onboard.errors import Refused
from onboard.history.graph import Graph, in_order
from onboard.history.rows import Named
from onboard.history.splitting import models_made, stands_on
from onboard.history.states import Changes


def ground(changes: Changes, graph: Graph, labels: Collection[str]) -> None:
    """Let no new migration depend on one that stands on the new ones: the earliest that will do is taken instead."""
    for label, migrations in changes.items():
        for migration in migrations:
            parents = [_grounded(one, migration, label, graph, labels) for one in migration.dependencies]
            migration.dependencies = parents  # type: ignore[misc]  # Django declares it on the class; an instance may have its own


def _grounded(wanted: Named, migration: Migration, label: str, graph: Graph, labels: Collection[str]) -> Named:
    key = wanted[0], wanted[1]
    if key[0] in labels or key not in graph.files or not stands_on(key, graph, labels):
        return wanted
    is_later = any(parent[0] == label for parent in migration.dependencies)
    needed = _models_needed(migration, key[0])
    made: set[str] = set()
    for one in in_order(graph, [other for other in graph.files if other[0] == key[0]]):
        made |= models_made(graph.files[one])
        if needed <= made:
            if is_later or not stands_on(one, graph, labels):
                return one
            break
    apps = " ".join(sorted({*labels, key[0]}))
    raise Refused(
        f"`{label}` and `{key[0]}` stand on each other: what `{key[0]}` needs of `{label}` needs `{key[0]}` itself.",
        remedy=f"Reset them together, if both are your own: `onboard reset {apps}`.",
    )


def _models_needed(migration: Migration, app: str) -> set[str]:
    found = set()
    for operation in migration.operations:
        fields = [field for _, field in getattr(operation, "fields", ())] + [getattr(operation, "field", None)]
        for field in fields:
            model = getattr(getattr(field, "remote_field", None), "model", None)
            label, _, name = str(model).lower().rpartition(".")
            if label == app:
                found.add(name)
        for base in getattr(operation, "bases", ()):
            label, _, name = str(base).lower().rpartition(".")
            if label == app:
                found.add(name)
    return found
