"""Files to write -> a unified diff against what is there."""

from __future__ import annotations

import difflib
from collections.abc import Callable

from onboard.project.files import FileTree


def unified(tree: FileTree, remove: tuple[str, ...], read: Callable[[str], str | None]) -> str:
    """Return the diff of all files in the order of their paths; empty where nothing would change."""
    after: dict[str, str | None] = {str(file.path): file.text for file in tree.files}
    after.update(dict.fromkeys(remove))
    return "".join(_one(path, read(path), text) for path, text in sorted(after.items()))


def _one(path: str, before: str | None, after: str | None) -> str:
    if before == after:
        return ""
    old, new = f"a/{path}" if before is not None else "/dev/null", f"b/{path}" if after is not None else "/dev/null"
    lines = difflib.unified_diff(_lines(before), _lines(after), old, new)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str | None) -> list[str]:
    return [] if text is None else [f"{line}\n" for line in text.split("\n")[:-1]] + _rest(text)


def _rest(text: str) -> list[str]:
    last = text.rpartition("\n")[2]
    return [last] if last else []
