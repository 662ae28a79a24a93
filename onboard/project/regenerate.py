"""Newly generated files, what was last generated and what the person made of it -> what to write.

The last generated text of every file is kept under `.onboard/generated/` and committed: it is the base of the merge.
A file that the person removed stays removed; one that is no longer generated goes, unless the person edited it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from onboard.merge.three_way import Merged, merge_python, merge_text
from onboard.project.files import File, FileTree, tree_of
from onboard.project.record import GENERATED

Read = Callable[[str], str | None]  # the text of a file under the working folder, None where there is none


@dataclass(frozen=True, slots=True)
class Regenerated:
    """What a run of `generate` writes and takes away, and what it could not merge."""

    tree: FileTree
    remove: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()  # `path: sentence`


def regenerated(
    new: FileTree, read: Read, known: Iterable[str], *, frozen: frozenset[str] = frozenset(), is_first: bool = False
) -> Regenerated:
    """Return what to write; `known` are the paths generated last time, `frozen` those to be left as they are.

    With `is_first`, files that are missing are written anew, whatever was generated before.
    """
    files: list[File] = []
    remove: list[str] = []
    conflicts: list[str] = []
    for file in new.files:
        path = str(file.path)
        if path in frozen:
            continue
        base, mine = read(f"{GENERATED}/{path}"), read(path)
        merged = _merged(base, mine, file, is_first=is_first)
        conflicts += [f"{path}: {sentence}" for sentence in merged.conflicts]
        if mine is not None or base is None or is_first:
            files.append(File(file.path, merged.text))
        files.append(File(PurePosixPath(GENERATED) / file.path, file.text))
    for path in sorted(set(known) - {str(file.path) for file in new.files} - frozen):
        base, mine = read(f"{GENERATED}/{path}"), read(path)
        remove.append(f"{GENERATED}/{path}")
        if mine is not None and mine == base:
            remove.append(path)
        elif mine is not None:
            conflicts.append(f"{path}: onboard no longer writes this file, but you edited it; it was kept")
    return Regenerated(tree_of(files), tuple(remove), tuple(conflicts))


def _merged(base: str | None, mine: str | None, new: File, *, is_first: bool) -> Merged:
    if mine is None:
        if base is None or is_first or base == new.text:
            return Merged(new.text)
        return Merged(
            new.text, ("you removed this file, and onboard would now write it differently; it stays removed",)
        )
    if new.path.suffix == ".py":
        return merge_python(base, mine, new.text)
    return merge_text(base, mine, new.text)
