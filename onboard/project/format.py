"""A FileTree -> the same with its Python formatted and its imports sorted, as Django formats its own.

The work is ruff's, from its wheel, over a folder of its own: two processes for any number of files. No configuration
of the machine or of the person's project plays a part, so that the same input gives the same bytes everywhere.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from onboard.project.files import File, FileTree

_LINE_LENGTH = "88"  # as Django formats
_OLDEST_PYTHON = "py311"


class Unformattable(Exception):
    """What was made is not Python: a fault of ours, never of the database."""


def formatted(tree: FileTree) -> FileTree:
    """Return the tree with every `.py` file formatted; Unformattable where one does not parse."""
    sources = [file for file in tree.files if file.path.suffix == ".py"]
    if not sources:
        return tree
    with tempfile.TemporaryDirectory(prefix="onboard-format-") as folder:
        root = Path(folder)
        for number, file in enumerate(sources):
            _place(root, number).write_text(file.text, encoding="utf-8", newline="\n")
        _ruff(root, "check", "--select", "I", "--fix", "--quiet", "--config", _own_packages(sources))
        _ruff(root, "format", "--quiet")
        texts = {file.path: _place(root, number).read_text(encoding="utf-8") for number, file in enumerate(sources)}
    return FileTree(tuple(_with_text(file, texts.get(file.path)) for file in tree.files))


def formatted_text(text: str) -> str:
    """Return one Python source formatted."""
    from pathlib import PurePosixPath

    return formatted(FileTree((File(PurePosixPath("x.py"), text),))).files[0].text


def _own_packages(sources: list[File]) -> str:
    """Tell ruff what it will find beside the files once they are in place, whose imports come last."""
    packages = {file.path.parts[0] for file in sources if len(file.path.parts) > 1}
    return f"lint.isort.known-first-party = {json.dumps(sorted(name for name in packages if name.isidentifier()))}"


def _place(root: Path, number: int) -> Path:
    """Numbers, not the real names: a name takes part in nothing, and may be anything."""
    return root / f"s{number:05}.py"


def _with_text(file: File, text: str | None) -> File:
    return file if text is None else replace(file, text=text)


def _ruff(root: Path, command: str, *options: str) -> None:
    from ruff import find_ruff_bin  # type: ignore[import-untyped]  # ruff ships no types

    line = [find_ruff_bin(), command, "--isolated", "--no-cache", "--line-length", _LINE_LENGTH]
    line += ["--target-version", _OLDEST_PYTHON, *options, "."]
    done = subprocess.run(line, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Unformattable((done.stderr or done.stdout).strip())
