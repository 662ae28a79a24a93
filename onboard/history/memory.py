"""A project's migration files and rows -> the Memory: one frozen value that any broken history can be read into.

Django's loader stops at the first file that does not import, the first missing parent, the first cycle. Here each of
these is a fact of the value. Files are imported as Django imports them, since dependencies may be computed.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import AppConfig, apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

from onboard.history.rows import Named, Row, read_rows


@dataclass(frozen=True, slots=True)
class MigrationFile:
    """One migration on disk; a file that does not load says why and has nothing else."""

    app: str
    name: str
    path: Path
    module: str
    problem: str = ""
    migration: Migration | None = None  # None where `problem` says why
    dependencies: tuple[Named, ...] = ()  # as written: `__first__` and `__latest__` too
    run_before: tuple[Named, ...] = ()
    replaces: tuple[Named, ...] = ()

    @property
    def key(self) -> Named:
        """What Django knows it by."""
        return self.app, self.name


@dataclass(frozen=True, slots=True)
class AppMemory:
    """What one installed app has for a history."""

    label: str
    module: str | None  # the migrations package, by its dotted name; None: the settings switch migrations off
    folder: Path | None  # where its files are, or would be
    is_package: bool  # False: no folder, or one without `__init__.py`, which Django does not see
    files: tuple[MigrationFile, ...]  # by name

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its migrations, sorted."""
        return tuple(file.name for file in self.files)


@dataclass(frozen=True, slots=True)
class Memory:
    """All that files and rows say, whether it makes sense or not."""

    apps: tuple[AppMemory, ...]  # in the order of INSTALLED_APPS
    rows: tuple[Row, ...]  # by id

    def app(self, label: str) -> AppMemory:
        """Return what one app has; KeyError where it is not installed."""
        for app in self.apps:
            if app.label == label:
                return app
        raise KeyError(label)

    @property
    def files(self) -> tuple[MigrationFile, ...]:
        """All migrations on disk, app by app."""
        return tuple(file for app in self.apps for file in app.files)

    @property
    def recorded(self) -> frozenset[Named]:
        """What the rows say is applied."""
        return frozenset(row.key for row in self.rows)


def read_memory(connection: BaseDatabaseWrapper) -> Memory:
    """Return what files and rows say; only the database itself can refuse."""
    importlib.invalidate_caches()
    return Memory(tuple(_app(config) for config in apps.get_app_configs()), read_rows(connection))


def forget_modules(labels: Iterable[str], *, helpers: bool) -> None:
    """Make the next import of these apps' migrations read the files again.

    With `helpers` off, modules with a leading underscore stay: models may hold functions of theirs, which would not
    be the same functions any more.
    """
    for label in labels:
        package, _ = MigrationLoader.migrations_module(label)
        if package is None:
            continue
        for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
            parent, _, last = name.rpartition(".")
            is_kept = last[:1] == "_" or (name == package and sys.modules[name].__file__ is not None)
            if helpers or not is_kept:
                del sys.modules[name]
                if hasattr(sys.modules.get(parent), last):
                    delattr(sys.modules[parent], last)
    importlib.invalidate_caches()


def _app(config: AppConfig) -> AppMemory:
    module, explicit = MigrationLoader.migrations_module(config.label)
    if module is None:
        return AppMemory(config.label, None, None, False, ())
    folder = _folder(module, config, explicit)
    is_package = folder is not None and (folder / "__init__.py").is_file()
    files = tuple(_files(config.label, module, folder)) if is_package and folder is not None else ()
    return AppMemory(config.label, module, folder, is_package, files)


def _folder(module: str, config: AppConfig, explicit: bool) -> Path | None:
    """Where the package lies, also where there is none yet: its parent is asked, never the package itself."""
    if not explicit:
        return Path(config.path) / module.rpartition(".")[2]
    parent, _, last = module.rpartition(".")
    try:
        paths = list(importlib.import_module(parent).__path__) if parent else sys.path
    except (ImportError, AttributeError):
        return None
    existing = [Path(path) / last for path in paths if (Path(path) / last).is_dir()]
    return existing[0] if existing else (Path(paths[0]) / last if paths else None)


def _files(app: str, module: str, folder: Path) -> Iterator[MigrationFile]:
    for info in sorted(pkgutil.iter_modules([str(folder)]), key=lambda info: info.name):
        if not info.ispkg and info.name[0] not in "_~":
            yield _file(app, info.name, folder / f"{info.name}.py", f"{module}.{info.name}")


def _file(app: str, name: str, path: Path, module: str) -> MigrationFile:
    try:
        imported = importlib.import_module(module)
    except Exception as error:  # a migration is anybody's code: whatever stops it is the fact to report
        return MigrationFile(app, name, path, module, problem=f"{type(error).__name__}: {error}")
    found = getattr(imported, "Migration", None)
    if found is None:
        return MigrationFile(app, name, path, module, problem="it has no `Migration` class")
    try:
        migration = found(name, app)
        parents = tuple(_named(one) for one in migration.dependencies)
        before = tuple(_named(one) for one in migration.run_before)
        replaced = tuple(_named(one) for one in migration.replaces)
    except Exception as error:  # as above: `dependencies` may hold anything
        return MigrationFile(app, name, path, module, problem=f"{type(error).__name__}: {error}")
    return MigrationFile(app, name, path, module, "", migration, parents, before, replaced)


def _named(pair: object) -> Named:
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        raise ValueError(f"{pair!r} is no pair of an app and a name")
    return str(pair[0]), str(pair[1])
