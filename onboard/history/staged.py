"""Migration files as texts, not yet on any disk -> Django's own loader and executor, as they would be afterwards.

So that a new history is proven before it is written: the loader builds its graph, the autodetector compares, and the
executor runs it in a throw-away database.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from onboard.errors import Refused
from onboard.history.rows import Named


@dataclass(frozen=True, slots=True)
class StagedFile:
    """One module of an app's migrations package, as it will be."""

    app: str
    name: str  # with a leading underscore: a helper that Django does not take for a migration
    package: str  # dotted name of the migrations package
    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class Staged:
    """What will be different on disk: files that are new or changed, and migrations that will be gone."""

    files: tuple[StagedFile, ...]
    gone: frozenset[Named] = frozenset()
    rebuilt: frozenset[str] = frozenset()  # apps of which nothing that lies on disk now is to be looked at


class _Loader(MigrationLoader):
    """Django's loader over what will be on disk: reading the disk is the one step that is replaced."""

    def __init__(self, connection: BaseDatabaseWrapper | None, staged: Staged) -> None:
        self._staged = staged
        super().__init__(connection, ignore_no_migrations=True)

    def load_disk(self) -> None:
        staged = self._staged
        with _hidden(staged.rebuilt):
            super().load_disk()
        disk: dict[Named, Migration] = self.disk_migrations
        for key in staged.gone:
            disk.pop(key, None)
        disk.update(_executed(staged.files))
        for app in {file.app for file in staged.files}:
            self.unmigrated_apps.discard(app)
            self.migrated_apps.add(app)


class _Executor(MigrationExecutor):
    """Django's executor with a loader that was made before it."""

    def __init__(self, connection: BaseDatabaseWrapper, loader: MigrationLoader) -> None:
        self.connection = connection
        self.loader = loader
        self.recorder = MigrationRecorder(connection)
        self.progress_callback = None


def loader_of(connection: BaseDatabaseWrapper | None, staged: Staged) -> MigrationLoader:
    """Return the loader as it will be; Refused where Django could not load that history."""
    try:
        return _Loader(connection, staged)
    except Refused:
        raise
    except Exception as error:  # whatever a migration of the project raises when it is imported or put in order
        raise Refused(
            f"The history does not load: {type(error).__name__}: {error}.",
            remedy="`onboard doctor` names every file and dependency that is broken.",
        ) from error


def executor_of(connection: BaseDatabaseWrapper, loader: MigrationLoader) -> MigrationExecutor:
    """Return an executor that runs this loader's migrations."""
    return _Executor(connection, loader)


def nothing_staged() -> Staged:
    """Return the disk as it is."""
    return Staged(())


@contextmanager
def _hidden(labels: Collection[str]) -> Iterator[None]:
    """Let Django see no migrations of these apps: what is broken among them must not stop it."""
    before: Any = settings.MIGRATION_MODULES  # Any: whatever the settings say
    settings.MIGRATION_MODULES = {**before, **dict.fromkeys(labels)}
    try:
        yield
    finally:
        settings.MIGRATION_MODULES = before


def _executed(files: tuple[StagedFile, ...]) -> dict[Named, Migration]:
    """Run the texts as the modules they will be, helpers first, and leave no trace of them among the modules."""
    before = dict(sys.modules)
    attributes: list[tuple[ModuleType, str, object]] = []
    found: dict[Named, Migration] = {}
    try:
        for file in sorted(files, key=lambda file: (file.name[:1] != "_", file.app, file.name)):
            if file.name == "__init__":
                continue
            module = _module(file, attributes)
            if file.name[:1] != "_":
                found[file.app, file.name] = module.Migration(file.name, file.app)
    finally:
        for name in [name for name in sys.modules if name not in before]:
            del sys.modules[name]
        sys.modules.update(before)
        for parent, name, value in reversed(attributes):
            if value is None:
                parent.__dict__.pop(name, None)
            else:
                setattr(parent, name, value)
    return found


def _module(file: StagedFile, attributes: list[tuple[ModuleType, str, object]]) -> Any:  # Any: a module
    parent = _package(file.package, file.path.parent, attributes)
    module = ModuleType(f"{file.package}.{file.name}")
    module.__file__ = str(file.path)
    module.__package__ = file.package
    sys.modules[module.__name__] = module
    attributes.append((parent, file.name, parent.__dict__.get(file.name)))
    setattr(parent, file.name, module)
    exec(compile(file.text, str(file.path), "exec", dont_inherit=True), module.__dict__)
    return module


def _package(name: str, folder: Path, attributes: list[tuple[ModuleType, str, object]]) -> ModuleType:
    """Return the migrations package; a stand-in where there is none on disk yet."""
    import importlib

    try:
        found = importlib.import_module(name)
        if hasattr(found, "__path__"):
            return found
    except ImportError:
        pass
    package = ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules[name] = package
    parent, _, last = name.rpartition(".")
    if parent:
        outer = importlib.import_module(parent)
        attributes.append((outer, last, outer.__dict__.get(last)))
        setattr(outer, last, package)
    return package
