"""The project's own Python files -> those that name a migration module which is going."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from onboard.errors import BadInput

_SKIPPED = frozenset({"site-packages", "node_modules", "__pycache__", "dist", "build"})


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file of the project."""

    path: str  # under the root
    package: str  # the package it is in, for relative imports
    text: str


def sources_naming(root: Path, packages: Collection[str], *, skip: Collection[Path]) -> tuple[Source, ...]:
    """Return the files whose text could name a module of these packages, by path; files in `skip` are left out.

    A look at the text alone: whether a module is really named is `merge.migration_edits`' to say.
    """
    skipped = {path.resolve() for path in skip}
    found = []
    for path in python_files(root):
        if path.resolve() in skipped:
            continue
        try:
            text = path.read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            continue
        package = _package(root, path)
        if any(one in text or package == one or _is_relative(one, package, text) for one in packages):
            found.append(Source(path.relative_to(root).as_posix(), package, text))
    return tuple(found)


def python_files(root: Path) -> Iterator[Path]:
    """Give the Python files under a root, sorted: hidden folders, environments and installed packages left out."""
    for folder, folders, files in os.walk(root):
        inside = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if name not in _SKIPPED and name[0] != "." and not (inside / name / "pyvenv.cfg").is_file()
        )
        yield from (inside / name for name in sorted(files) if name.endswith(".py"))


def is_inside(root: Path, folder: Path) -> bool:
    """Whether a folder is the project's own: under its root, and no installed package."""
    try:
        relative = folder.resolve().relative_to(root.resolve())
    except ValueError:
        return False
    parts = relative.parts
    return not (_SKIPPED & set(parts)) and not any(part.startswith(".") for part in parts)


def inside(root: Path, path: Path) -> str:
    """Return a path as it is named under the root; BadInput where it is not inside."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise BadInput(f"`{path}` is outside the project `{root}`.") from None


def _package(root: Path, path: Path) -> str:
    """The package a file is imported in: below the folder of `sys.path` that its package was really found from."""
    folder = path.resolve().parent
    places = {Path(place).resolve() for place in sys.path if place}
    above = [place for place in (folder, *folder.parents) if place in places and place.is_relative_to(root.resolve())]
    names = [".".join(folder.relative_to(place).parts) for place in above]
    loaded = [name for name in names if name in sys.modules]
    return (loaded or names or [".".join(path.relative_to(root).parent.parts)])[0]


def _is_relative(wanted: str, package: str, text: str) -> bool:
    parent = wanted.rpartition(".")[0]
    return bool(parent) and package == parent and "migrations" in text
