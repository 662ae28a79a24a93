"""Migrations + edited models -> the FileTree of a hand-over: migration files, `max_migration.txt`, model sources."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path, PurePosixPath

from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.writer import MigrationWriter
from django.db.models import Model

from onboard.errors import BadInput
from onboard.merge.managed_flag import set_managed
from onboard.project.files import File, FileTree
from onboard.project.format import formatted

MAX = "max_migration.txt"  # django-linear-migrations keeps the name of the last migration in it


def handover_files(
    root: Path, migrations: Sequence[Migration], models: Collection[type[Model]], *, managed: bool
) -> FileTree:
    """Return every file that the hand-over writes under `root`; the models in `models` get their flag set."""
    written = formatted(FileTree(tuple(_migration_files(root, migrations)))).files
    edited = _edited_sources(root, models, managed)
    return FileTree(tuple(sorted((*written, *edited), key=lambda file: file.path)))


def read_source(path: Path) -> str:
    """Return a file's text with its own line endings."""
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"`{path}` cannot be read: {error}.", remedy="Models are edited as UTF-8 files.") from error


def _migration_files(root: Path, migrations: Sequence[Migration]) -> Iterable[File]:
    folder = _folder(root, migrations[0].app_label)
    for migration in migrations:
        text = MigrationWriter(migration, include_header=False).as_string()
        yield File(folder / f"{migration.name}.py", text)
    if (root / folder / MAX).is_file():
        yield File(folder / MAX, f"{migrations[-1].name}\n")


def _folder(root: Path, app_label: str) -> PurePosixPath:
    name, _ = MigrationLoader.migrations_module(app_label)
    module = importlib.import_module(name or "")
    return relative(root, Path(module.__file__ or "").parent)


def _edited_sources(root: Path, models: Collection[type[Model]], managed: bool) -> list[File]:
    classes: dict[Path, set[str]] = {}
    for model in (model for model in models if bool(model._meta.managed) is not managed):
        classes.setdefault(Path(inspect.getfile(model)), set()).add(model.__name__)
    edited = []
    for path, names in sorted(classes.items()):
        edited.append(File(relative(root, path), set_managed(read_source(path), names, managed)))
    return edited


def relative(root: Path, path: Path) -> PurePosixPath:
    """Return the path as seen from the working folder; BadInput where it lies outside."""
    try:
        return PurePosixPath(path.resolve().relative_to(root.resolve()).as_posix())
    except ValueError:
        raise BadInput(
            f"`{path}` lies outside the working folder `{root}`.",
            remedy="Run onboard in the folder of the project, or name it with `-C DIR`.",
        ) from None
