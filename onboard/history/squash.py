"""Many sound migrations of an app -> one that stands for them, proven to build the same database.

What makes a squash fail is said beforehand. The old files stay until it is finished (`squash_end`); what they hold
that the new one calls is copied to `_kept`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import SwappableTuple
from django.db.migrations.operations.base import Operation

from onboard.errors import BadInput, Refused
from onboard.history.backup import TABLE as BACKUP
from onboard.history.build import built
from onboard.history.folding import flips, folded
from onboard.history.graph import Graph, graph_of, in_order
from onboard.history.memory import AppMemory, Memory, MigrationFile, read_memory
from onboard.history.mentions import inside, is_inside
from onboard.history.relocate import KEPT, kept_text, named_lambdas, relocated, relocation
from onboard.history.reset import require_installed
from onboard.history.rewrite import Rewrite
from onboard.history.rows import TABLE as RECORD
from onboard.history.rows import Named, Row, of_apps
from onboard.history.shape import unlike
from onboard.history.staged import Staged, StagedFile, nothing_staged
from onboard.history.written import migration_text
from onboard.project.files import File, tree_of


@dataclass(frozen=True, slots=True)
class Squash:
    """What a squash will do."""

    rewrite: Rewrite
    name: str
    replaced: tuple[str, ...]
    operations_before: int
    operations_after: int
    legacy: tuple[str, ...]  # models whose tables `migrate zero` must not drop


def plan_squash(
    root: Path, connection: BaseDatabaseWrapper, label: str, *, first: str | None = None, last: str | None = None
) -> Squash:
    """Return the plan, proven: old and new history built in two empty databases, their catalogues compared.

    Refused with every reason at once for which it would fail.
    """
    memory = read_memory(connection)
    require_installed(memory, [label])
    graph = graph_of(memory)
    app = own_app(memory, root, label)
    files = _range(app, graph, first, last)
    if reasons := (*_unloadable(memory), *_reasons(graph, files, label)):
        raise Refused("It cannot be squashed: " + "; ".join(reasons) + ".", remedy=_HELP)
    operations = [one for file in files if file.migration for one in file.migration.operations]
    fewer = folded(operations, label)
    name = _name(files, app)
    staged = _staged(root, app, files, fewer, name, is_first=_is_first(files))
    _prove(connection.alias, staged, graph, label)
    before = of_apps(memory.rows, [label])
    recorded = {row.name for row in before}
    replaced = _replaced(files)
    is_applied = all(one in recorded for _, one in replaced)
    after = (*before, Row(label, name)) if is_applied and name not in recorded else before
    tree = tree_of(File(PurePosixPath(inside(root, one.path)), one.text) for one in staged.files)
    rewrite = Rewrite("squash", (label,), tree, (), before, after)
    names = tuple(file.name for file in files)
    return Squash(rewrite, name, names, len(operations), len(fewer), flips(operations))


_HELP = "Squash a shorter range with `--from` and `--to`, or make the history anew: `onboard reset`."


def own_app(memory: Memory, root: Path, label: str) -> AppMemory:
    """Return the app's memory; Refused where it has no migrations, or is an installed package."""
    app = memory.app(label)
    if app.module is None or app.folder is None or not app.files:
        raise Refused(f"`{label}` has no migrations.", remedy=f"`onboard adopt {label}` makes the first one.")
    if not is_inside(root, app.folder):
        raise Refused(f"`{label}` is an installed package: its history is its author's.", where=str(app.folder))
    return app


def is_settled(connection: BaseDatabaseWrapper, label: str) -> bool:
    """Whether everything of the app is applied here."""
    memory = read_memory(connection)
    return all(file.key in memory.recorded for file in memory.app(label).files if not file.replaces)


def _range(app: AppMemory, graph: Graph, first: str | None, last: str | None) -> list[MigrationFile]:
    ordered = [graph.files[key] for key in in_order(graph, [file.key for file in app.files])]
    names = [file.name for file in ordered]
    start = _found(names, first) if first else 0
    end = _found(names, last) if last else len(names) - 1
    files = ordered[start : end + 1]
    if len(files) < 2:
        raise BadInput(f"There are not two migrations of `{app.label}` to squash.", where=str(app.folder))
    return files


def _found(names: list[str], wanted: str) -> int:
    matches = [position for position, name in enumerate(names) if name == wanted or name.startswith(wanted)]
    exact = [position for position in matches if names[position] == wanted]
    if len(exact or matches) != 1:
        raise BadInput(
            f"`{wanted}` is the name of {len(matches)} migrations.", remedy=f"There are: {', '.join(names)}."
        )
    return (exact or matches)[0]


def _unloadable(memory: Memory) -> tuple[str, ...]:
    return tuple(f"`{file.app}.{file.name}` does not load ({file.problem})" for file in memory.files if file.problem)


def _reasons(graph: Graph, files: Sequence[MigrationFile], label: str) -> tuple[str, ...]:
    found = []
    keys = {file.key for file in files}
    for wanted in graph.missing:
        if wanted[0] in keys:
            found.append(f"`{wanted[0][1]}` depends on `{wanted[1][0]}.{wanted[1][1]}`, which is nowhere")
    leaves = [name for name in graph.leaves(label) if (label, name) in keys]
    if len(leaves) > 1:
        found.append(f"it ends in {len(leaves)} migrations ({', '.join(leaves)}): merge them first")
    for file in files:
        if any(name in graph.files for name in file.replaces):
            found.append(f"`{file.name}` is a squash itself: end it first with `onboard squash {label} --finish`")
    outside = [key for key in graph.files if key not in keys]
    for key in sorted(outside):
        above = graph.ancestors(key)
        standing = sorted(one.name for one in files if key in graph.ancestors(one.key))
        if above & keys and standing:
            found.append(
                f"`{key[0]}.{key[1]}` stands on migrations of the range, and `{standing[0]}` in the range stands on it"
            )
            break
    return tuple(found)


def _name(files: Sequence[MigrationFile], app: AppMemory) -> str:
    first = "0001" if _is_first(files) else files[0].name
    name = f"{first}_squashed_{files[-1].name}"[:200]
    if name in app.names:
        raise Refused(f"`{app.label}.{name}` is there already.", where=str(app.folder))
    return name


def _is_first(files: Sequence[MigrationFile]) -> bool:
    return not any(parent[0] == files[0].app for parent in files[0].dependencies)


def _replaced(files: Sequence[MigrationFile]) -> list[Named]:
    return [name for file in files for name in (*file.replaces, file.key)]


def _dependencies(files: Sequence[MigrationFile]) -> list[Named]:
    """What the range depends on outside of itself; a swappable model as the setting it is."""
    keys = {file.key for file in files}
    found: list[Named] = []
    for file in files:
        for wanted in file.migration.dependencies if file.migration else ():
            if isinstance(wanted, SwappableTuple) and wanted.setting == settings.AUTH_USER_MODEL:
                found.append(("__setting__", "AUTH_USER_MODEL"))
            elif (wanted[0], wanted[1]) not in keys:
                found.append((wanted[0], wanted[1]))
    return list(dict.fromkeys(found))


def _staged(
    root: Path,
    app: AppMemory,
    files: Sequence[MigrationFile],
    operations: tuple[Operation, ...],
    name: str,
    *,
    is_first: bool,
) -> Staged:
    assert app.module is not None
    assert app.folder is not None
    kept = app.folder / f"{KEPT}.py"
    existing = kept.read_bytes().decode() if kept.is_file() else None
    move = relocation(app.module, files, existing=existing, mentioned=())
    body = {
        "dependencies": _dependencies(files),
        "operations": list(operations),
        "replaces": _replaced(files),
        "initial": is_first or None,
        "run_before": list(dict.fromkeys(one for file in files for one in file.run_before)),
        "atomic": all(file.migration.atomic for file in files if file.migration),
    }
    lambdas = named_lambdas(operations, move, app.label)
    with relocated(move):
        text = migration_text(type("Migration", (Migration,), body)(name, app.label))
    staged = [StagedFile(app.label, name, app.module, app.folder / f"{name}.py", text)]
    code = kept_text(move, [text], existing, lambdas)
    if code is not None and code != existing:
        staged.append(StagedFile(app.label, KEPT, app.module, kept, code))
    return Staged(tuple(staged))


def _prove(alias: str, staged: Staged, graph: Graph, label: str) -> None:
    apps = {label} | {key[0] for key in graph.files if any(above[0] == label for above in graph.ancestors(key))}

    def leaves(loader: MigrationLoader) -> list[Named]:
        return sorted(key for key in loader.graph.leaf_nodes() if key[0] in apps)

    old, new = built(alias, nothing_staged(), leaves), built(alias, staged, leaves)
    if lines := unlike(old, new, ignore=(RECORD, BACKUP)):
        shown = "; ".join(lines[:5])
        raise Refused(
            f"Old and new history build different databases (-: the old one, +: the new one): {shown}.",
            remedy="Squash a shorter range: an operation in it does more, or less, than it says.",
        )
