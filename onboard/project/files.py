"""The FileTree: what will be written, as values; nothing here touches a disk."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class File:
    """One file of text, by its path under the working folder."""

    path: PurePosixPath
    text: str


@dataclass(frozen=True, slots=True)
class FileTree:
    """Files by path, sorted; no path appears twice."""

    files: tuple[File, ...]

    def text(self, path: str) -> str | None:
        """Return the text of one file, or None where the tree has none by that path."""
        for file in self.files:
            if file.path == PurePosixPath(path):
                return file.text
        return None


def tree_of(files: Iterable[File]) -> FileTree:
    """Return the tree of these files, sorted by path; ValueError where two have the same path."""
    ordered = sorted(files, key=lambda file: file.path)
    for one, other in itertools.pairwise(ordered):
        if one.path == other.path:
            raise ValueError(f"two files by the path {one.path}")
    return FileTree(tuple(ordered))


def joined(*trees: FileTree) -> FileTree:
    """Return one tree of all files."""
    return tree_of(file for tree in trees for file in tree.files)
