"""Names of migrations that go -> the dependencies of other apps, led to the ones that come instead."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from onboard.history.graph import Graph
from onboard.history.memory import Memory, MigrationFile
from onboard.history.mentions import inside, is_inside
from onboard.history.rows import Named
from onboard.history.states import Changes
from onboard.merge.migration_edits import with_dependencies


def mended(
    memory: Memory,
    graph: Graph,
    root: Path,
    labels: Collection[str],
    names: Mapping[str, tuple[str, ...]],
    changes: Changes,
    led: Mapping[str, str],
) -> tuple[tuple[tuple[MigrationFile, str], ...], tuple[Named, ...]]:
    """Lead the other apps' dependencies on names that go to the new ones.

    `led` has the texts, by path under the root, in which imports have been led already.
    """
    below = _below(changes, graph)
    edits, on_bridge = [], []
    for file in memory.files:
        gone = [parent for parent in (*file.dependencies, *file.run_before) if _is_gone(parent, labels, names)]
        if file.app in labels or not gone:
            continue
        if not is_inside(root, file.path.parent):
            on_bridge.append(file.key)
            continue
        mapping = {parent: _successor(parent, file, names, below) for parent in gone}
        text = led.get(inside(root, file.path)) or file.path.read_bytes().decode()
        edits.append((file, with_dependencies(text, mapping)))
    return tuple(edits), tuple(on_bridge)


def _is_gone(parent: Named, labels: Collection[str], names: Mapping[str, tuple[str, ...]]) -> bool:
    return parent[0] in labels and not parent[1].startswith("__") and parent[1] not in names.get(parent[0], ())


def _successor(
    parent: Named, file: MigrationFile, names: Mapping[str, tuple[str, ...]], below: Mapping[Named, frozenset[Named]]
) -> tuple[Named, ...]:
    """The last new migration, or the first where the last one itself stands on the file; `run_before`: the first."""
    new = names.get(parent[0], ())
    if not new:
        return ()
    if parent in file.run_before:
        return ((parent[0], new[0]),)
    for name in reversed(new):
        if file.key not in below.get((parent[0], name), frozenset()):
            return ((parent[0], name),)
    return ((parent[0], new[0]),)


def _below(changes: Changes, graph: Graph) -> Mapping[Named, frozenset[Named]]:
    """By new migration: everything it stands on, old files of other apps included."""
    parents = {
        (label, migration.name): [(one[0], one[1]) for one in migration.dependencies]
        for label, migrations in changes.items()
        for migration in migrations
    }
    found: dict[Named, frozenset[Named]] = {}
    for key in parents:
        seen: set[Named] = set()
        waiting = list(parents[key])
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting.extend(parents.get(one, ()))
                if one in graph.files and one not in parents:
                    seen |= graph.ancestors(one)
        found[key] = frozenset(seen)
    return found
