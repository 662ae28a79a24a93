"""The Memory -> which migration stands on which, without Django's graph, which refuses whatever is broken.

Dependencies on `__first__` and `__latest__` lead to the app's roots and leaves; those on missing names lead nowhere
and are listed. Pure functions over frozen values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from onboard.history.memory import Memory, MigrationFile
from onboard.history.rows import Named


@dataclass(frozen=True, slots=True)
class Graph:
    """Files and their parents; `run_before` is a parent too, on the other side."""

    files: Mapping[Named, MigrationFile]
    parents: Mapping[Named, tuple[Named, ...]]  # resolved, sorted
    missing: tuple[tuple[Named, Named], ...]  # (who depends, on what is nowhere), sorted
    replaced_by: Mapping[Named, Named]  # names that a squashed migration stands for

    def leaves(self, app: str) -> tuple[str, ...]:
        """Return the migrations of the app that none of its own stands on, sorted; replaced ones do not count."""
        own = [key for key in self.files if key[0] == app and key not in self.replaced_by]
        stood_on = {self.replaced_by.get(parent, parent) for key in own for parent in self.parents[key]}
        return tuple(sorted(name for key in own for name in [key[1]] if key not in stood_on))

    def ancestors(self, key: Named) -> frozenset[Named]:
        """Return everything it stands on, itself left out unless it stands on itself."""
        seen: set[Named] = set()
        waiting = list(self.parents.get(key, ()))
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting.extend(self.parents.get(one, ()))
        return frozenset(seen)

    def in_cycles(self) -> tuple[Named, ...]:
        """Return the migrations that stand on themselves, sorted."""
        return tuple(sorted(key for key in self.files if key in self.ancestors(key)))


def graph_of(memory: Memory) -> Graph:
    """Return who stands on whom."""
    files = {file.key: file for file in memory.files}
    replaced_by = {name: file.key for file in memory.files for name in file.replaces if name != file.key}
    parents: dict[Named, set[Named]] = {key: set() for key in files}
    missing: set[tuple[Named, Named]] = set()
    for key, file in files.items():
        for wanted in file.dependencies:
            if wanted == (key[0], "__first__"):
                continue  # Django looks away too: a swappable model of the app itself, its ticket 22325
            found = _resolved(memory, files, replaced_by, wanted)
            parents[key] |= set(found)
            if not found and not _is_unmigrated(memory, wanted):
                missing.add((key, wanted))
        for child in file.run_before:
            for one in _resolved(memory, files, replaced_by, child):
                parents[one].add(key)
    return Graph(
        files, {key: tuple(sorted(found)) for key, found in parents.items()}, tuple(sorted(missing)), replaced_by
    )


def in_order(graph: Graph, keys: Iterable[Named]) -> tuple[Named, ...]:
    """Return these migrations, parents first; where some stand on themselves, by name."""
    wanted = set(keys)
    sorter: TopologicalSorter[Named] = TopologicalSorter({key: graph.parents[key] for key in sorted(graph.parents)})
    try:
        ordered = tuple(sorter.static_order())
    except CycleError:
        return tuple(sorted(wanted))
    return tuple(key for key in ordered if key in wanted)


def _resolved(
    memory: Memory, files: Mapping[Named, MigrationFile], replaced_by: Mapping[Named, Named], wanted: Named
) -> tuple[Named, ...]:
    app, name = wanted
    if app == "__setting__":
        return ()
    if name in ("__first__", "__latest__"):
        own = [key for key in files if key[0] == app and key not in replaced_by]
        inner = {parent for key in own for parent in files[key].dependencies}
        if name == "__latest__":
            return tuple(sorted(key for key in own if key not in inner))
        return tuple(sorted(key for key in own if not any(parent[0] == app for parent in files[key].dependencies)))
    if wanted in files:
        return (wanted,)
    return (replaced_by[wanted],) if wanted in replaced_by else ()


def _is_unmigrated(memory: Memory, wanted: Named) -> bool:
    """Whether Django looks away: `__first__` of an installed app without migrations."""
    installed = {app.label: app for app in memory.apps}
    app, name = wanted
    return name in ("__first__", "__latest__") and app in installed and not installed[app].files
