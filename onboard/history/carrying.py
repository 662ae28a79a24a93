"""New migrations + what models cannot say -> migrations that do both, and that stand for the old ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db.migrations import Migration
from django.db.migrations.operations.base import Operation

from onboard.history.manual import Manual, Place
from onboard.history.memory import Memory
from onboard.history.rows import Named
from onboard.history.states import Changes


def carry(changes: Changes, label: str, manuals: list[Manual], name: str, labels: Collection[str]) -> None:
    """What tables may stand on goes to the front; the rest into a last migration of its own, after all tables."""
    first = [one.operation for one in manuals if one.place is Place.FIRST]
    last = [one for one in manuals if one.place is Place.LAST]
    migrations = changes.setdefault(label, [])
    if first and not migrations:
        migrations.append(_migration(label, f"0001_{name}", [], [], is_initial=True))
    if first:
        _set(migrations[0], operations=[*_without_repeats(first), *migrations[0].operations])
    if last:
        before = [(label, migrations[-1].name)] if migrations else []
        outside = [parent for one in last for parent in one.file.dependencies if parent[0] not in labels]
        inside_ = [
            (other, changes[other][-1].name)
            for other in sorted({parent[0] for one in last for parent in one.file.dependencies} & set(labels))
            if other != label and changes.get(other)
        ]
        parents = list(dict.fromkeys([*before, *inside_, *outside]))
        number = len(migrations) + 1
        carried = _migration(label, f"{number:04}_{name}", parents, [one.operation for one in last], is_initial=False)
        _set(carried, atomic=all(one.file.migration is None or one.file.migration.atomic for one in last))
        migrations.append(carried)
    if not migrations:
        del changes[label]


def _without_repeats(operations: Iterable[Operation]) -> list[Operation]:
    found: dict[str, Operation] = {}
    for operation in operations:
        found.setdefault(f"{type(operation).__name__} {operation.deconstruct()!r}", operation)
    return list(found.values())


def _migration(
    label: str, name: str, dependencies: list[Named], operations: list[Operation], *, is_initial: bool
) -> Migration:
    body = {"dependencies": dependencies, "operations": operations, "initial": is_initial or None}
    migration: Migration = type("Migration", (Migration,), body)(name, label)
    return migration


def bridge(changes: Changes, old: Mapping[str, tuple[str, ...]]) -> None:
    """Share the old names out: each new migration stands for some, so that a half-built database is never taken for
    a whole one; where there are fewer old than new, the last ones stand for none.
    """
    for label, migrations in changes.items():
        names = [(label, name) for name in old.get(label, ())]
        later = min(len(migrations) - 1, max(len(names) - 1, 0))
        cut = len(names) - later
        _set(migrations[0], replaces=names[:cut])
        for migration, name in zip(migrations[1:], names[cut:], strict=False):
            _set(migration, replaces=[name])


def run_before(changes: Changes, memory: Memory, labels: Collection[str]) -> None:
    """Keep what the old migrations had to come before."""
    for label, migrations in changes.items():
        wanted = [name for file in memory.app(label).files for name in file.run_before if name[0] not in labels]
        _set(migrations[0], run_before=list(dict.fromkeys(wanted)))


def _set(migration: Migration, **attributes: object) -> None:
    """Django declares these on the class; an instance may have its own."""
    for name, value in attributes.items():
        setattr(migration, name, value)
