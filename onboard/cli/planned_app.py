"""Loads an app's modules as `generate` is about to write them, so that nothing is written before all is known.

For a process of its own: it changes how modules are found.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib.abc import MetaPathFinder, SourceLoader
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType


class _Planned(SourceLoader):
    """Hands out a text that is not on disk yet."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._text = text

    def get_filename(self, fullname: str) -> str:
        return self._path

    def get_data(self, path: str) -> bytes:
        if path != self._path:
            raise OSError(path)  # there is no bytecode of it
        return self._text.encode()


class _Finder(MetaPathFinder):
    def __init__(self, root: Path, texts: Mapping[str, str]) -> None:
        self._found = {_module(path): (root / path, text) for path, text in texts.items()}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in self._found:
            return None
        place, text = self._found[fullname]
        folder = [str(place.parent)] if place.name == "__init__.py" else None
        loader = _Planned(str(place), text)
        return spec_from_file_location(fullname, place, loader=loader, submodule_search_locations=folder)


def plan(root: Path, texts: Mapping[str, str]) -> None:
    """From here on import these modules, given by their paths under the root, from these texts."""
    sys.dont_write_bytecode = True
    sys.meta_path.insert(0, _Finder(root, texts))


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
