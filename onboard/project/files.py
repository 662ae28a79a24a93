"""The FileTree: what will be written, as values; nothing here touches a disk."""

from __future__ import annotations

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
