"""Models and the Memory -> a clean first history for some apps, as files that are not written yet.

One initial migration an app, or the several that circles need; what models cannot say is carried over; `replaces`
names the old migrations, so that an environment which has them recorded needs no work; dependencies of other apps and
imports from modules that go are led to what is there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.db.migrations import Migration
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.state import ProjectState

from onboard.errors import Refused
from onboard.history.carrying import bridge, carry, run_before
from onboard.history.graph import Graph, graph_of, in_order
from onboard.history.grounding import ground
from onboard.history.manual import Manual
from onboard.history.memory import AppMemory, Memory, MigrationFile
from onboard.history.mending import mended
from onboard.history.mentions import inside, is_inside, sources_naming
from onboard.history.relocate import KEPT, Relocation, kept_text, named_lambdas, relocated, relocation
from onboard.history.rows import Named
from onboard.history.splitting import first_migrations
from onboard.history.staged import Staged, StagedFile
from onboard.history.states import Changes, current_state
from onboard.history.written import migration_text
from onboard.merge.migration_edits import Moved, mentions, with_imports
from onboard.project.files import File, FileTree, tree_of


@dataclass(frozen=True, slots=True)
class NewHistory:
    """What will be on disk, and how the old names map to it."""

    staged: Staged
    files: FileTree  # all that is written, under the project's root
    remove: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]  # by app: its new migrations, in order
    replaced: Mapping[str, tuple[str, ...]]  # by app: the old names the new ones stand for, in order
    mended: tuple[str, ...]  # files of others that are changed
    on_bridge: tuple[Named, ...]  # migrations that cannot be changed and rely on `replaces`
    moves_code: bool  # what models in this process call is no longer what they will call


def new_history(
    memory: Memory,
    root: Path,
    labels: Collection[str],
    manuals: Iterable[Manual],
    *,
    replaced: bool,
    state: ProjectState | None = None,
) -> NewHistory:
    """Return the new history of these apps; Refused where the models cannot be put in an order without other apps.

    With `replaced` off the new migrations stand for none: the apps never had a history. `state` is what they are to
    say; the models as they are where it is left out.
    """
    graph = graph_of(memory)
    homes = {label: _home(memory, root, label) for label in sorted(labels)}
    old = {label: _old_names(memory, graph, label) if replaced else () for label in homes}
    name = _free_name(memory, labels)
    changes = first_migrations(state or current_state(), graph, labels, _others(memory, graph, labels), name)
    ground(changes, graph, labels)
    manuals = tuple(manuals)
    for label in homes:
        carry(changes, label, [one for one in manuals if one.file.app == label], name, labels)
    bridge(changes, old)
    run_before(changes, memory, labels)
    texts = _Texts(memory, root, homes, labels)
    written = texts.written(changes)
    names = {label: tuple(migration.name for migration in changes.get(label, ())) for label in homes}
    led = {str(file.path): file for file in texts.edits()}
    edits, on_bridge = mended(memory, graph, root, labels, names, changes, {path: led[path].text for path in led})
    return _assembled(memory, root, labels, written, edits, led, names, old, on_bridge)


@dataclass(frozen=True, slots=True)
class _Home:
    """Where an app's migrations lie."""

    label: str
    package: str
    folder: Path
    has_init: bool


def _home(memory: Memory, root: Path, label: str) -> _Home:
    app = memory.app(label)
    if app.module is None or app.folder is None:
        raise Refused(
            f"The settings switch the migrations of `{label}` off, or name a package that is nowhere.",
            where="`MIGRATION_MODULES` of the settings",
            remedy="Give the app a migrations package there.",
        )
    if not is_inside(root, app.folder):
        raise Refused(
            f"The app `{label}` is an installed package, not a part of this project: its history is its author's.",
            where=str(app.folder),
            remedy=f"Reinstall the package for its files; `onboard adopt {label}` sets the record right.",
        )
    return _Home(label, app.module, app.folder, (app.folder / "__init__.py").is_file())


def _old_names(memory: Memory, graph: Graph, label: str) -> tuple[str, ...]:
    """The names an environment that is up to date has on record: the files', else those of the rows here."""
    files = in_order(graph, [file.key for file in memory.app(label).files])
    if files:
        return tuple(name for _, name in files)
    return tuple(dict.fromkeys(row.name for row in memory.rows if row.app == label))


def _free_name(memory: Memory, labels: Collection[str]) -> str:
    """A migration cannot stand for one of its own name: `initial` where nothing is called that, else `reset`."""
    taken = {name for app, name in {*memory.recorded, *(file.key for file in memory.files)} if app in labels}
    for candidate in ("initial", "reset", *(f"reset_{number}" for number in range(2, 1000))):
        if not any(f"{number:04}_{candidate}" in taken for number in range(1, 20)):
            return candidate
    raise Refused("There is no free name for a new migration.")


def _others(memory: Memory, graph: Graph, labels: Collection[str]) -> MigrationGraph:
    """Django's graph of the other apps' migrations, as far as it makes sense: what new ones may depend on."""
    others = MigrationGraph()
    for key, file in sorted(graph.files.items()):
        if key[0] not in labels and key not in graph.replaced_by and file.migration is not None:
            others.add_node(key, file.migration)
    for key in list(others.nodes):
        for parent in graph.parents[key]:
            wanted = graph.replaced_by.get(parent, parent)
            if wanted in others.nodes and wanted != key:
                others.add_dependency(graph.files[key].migration, key, wanted, skip_validation=True)
    return others


class _Texts:
    """Writes the new migrations of all apps, with what they call of old modules moved to `_kept`."""

    def __init__(self, memory: Memory, root: Path, homes: Mapping[str, _Home], labels: Collection[str]) -> None:
        self._root = root
        self._homes = homes
        self._going = {label: memory.app(label).files for label in homes}
        skip = [file.path for files in self._going.values() for file in files]
        packages = [home.package for home in homes.values()]
        self._sources = sources_naming(root, packages, skip=skip)
        self._moved: list[Moved] = []

    def written(self, changes: Changes) -> tuple[StagedFile, ...]:
        found: list[StagedFile] = []
        for label, home in self._homes.items():
            found.extend(self._of_app(home, changes.get(label, [])))
        return tuple(found)

    def edits(self) -> tuple[File, ...]:
        """Return the project's files that name a module which goes, led to where its contents are now."""
        found = []
        for source in self._sources:
            text = with_imports(source.text, tuple(self._moved), package=source.package) if self._moved else source.text
            if text != source.text:
                found.append(File(PurePosixPath(source.path), text))
        return tuple(found)

    def _of_app(self, home: _Home, migrations: list[Migration]) -> list[StagedFile]:
        move = self._relocation(home)
        existing = _text(home.folder / f"{KEPT}.py")
        operations = [operation for migration in migrations for operation in migration.operations]
        lambdas = named_lambdas(operations, move, home.label)
        with relocated(move):
            texts = {migration.name: migration_text(migration) for migration in migrations}
        kept = kept_text(move, texts.values(), existing, lambdas)
        self._moved.extend(Moved(module, move.module) for module in sorted(move.whole))
        files = [
            StagedFile(home.label, name, home.package, home.folder / f"{name}.py", text) for name, text in texts.items()
        ]
        if kept is not None and kept != existing:
            files.append(StagedFile(home.label, KEPT, home.package, home.folder / f"{KEPT}.py", kept))
        if not home.has_init:
            files.append(StagedFile(home.label, "__init__", home.package, home.folder / "__init__.py", ""))
        return files

    def _relocation(self, home: _Home) -> Relocation:
        going = self._going[home.label]
        mentioned = {
            file.module
            for file in going
            if file.problem == ""
            for source in self._sources
            if mentions(source.text, file.module, package=source.package)
        }
        return relocation(home.package, going, existing=_text(home.folder / f"{KEPT}.py"), mentioned=mentioned)


def _assembled(
    memory: Memory,
    root: Path,
    labels: Collection[str],
    written: tuple[StagedFile, ...],
    edits: tuple[tuple[MigrationFile, str], ...],
    led: Mapping[str, File],
    names: Mapping[str, tuple[str, ...]],
    old: Mapping[str, tuple[str, ...]],
    on_bridge: tuple[Named, ...],
) -> NewHistory:
    changed = tuple(
        StagedFile(file.app, file.name, file.module.rpartition(".")[0], file.path, text) for file, text in edits
    )
    both = {inside(root, one.path) for one in changed}  # a migration may depend on a name that goes and import from it
    by_path = {path: file for path, file in led.items() if path not in both}
    files = tree_of(
        [*(File(PurePosixPath(inside(root, one.path)), one.text) for one in (*written, *changed)), *by_path.values()]
    )
    going = {file.key: file for label in labels for file in memory.app(label).files}
    kept = {(one.app, one.name) for one in written}
    remove = tuple(sorted(inside(root, file.path) for key, file in going.items() if key not in kept))
    return NewHistory(
        staged=Staged((*written, *changed), frozenset(set(going) - kept), frozenset(labels)),
        files=files,
        remove=remove,
        names=names,
        replaced=old,
        mended=tuple(sorted([*(inside(root, one.path) for one in changed), *by_path])),
        on_bridge=on_bridge,
        moves_code=bool(led) or any(one.name == KEPT and one.path.is_file() for one in written),
    )


def next_number(app: AppMemory) -> int:
    """Return the number of the next migration of an app."""
    numbers = [MigrationAutodetector.parse_number(name) or 0 for name in app.names]
    return max([*numbers, len(numbers)], default=0) + 1


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None
