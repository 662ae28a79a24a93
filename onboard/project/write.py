"""Writes a FileTree under a root, all or nothing: the only place that writes in the user's folder.

New texts are staged beside their targets and synced, old files kept by a second name, and a journal says how far it
went: cut off while staging, `recover` puts everything back; cut off while renaming, it finishes. An error on the way
(no rights, no room) puts everything back at once. Nothing is written outside the root, through a symbolic link neither.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from onboard.errors import BadInput, NothingDone
from onboard.project.files import FileTree

_CACHE = PurePosixPath(".onboard/cache")
_JOURNAL = _CACHE / "write.json"
_LOCK = _CACHE / "lock"
_NEW, _OLD, _DRAFT = ".onboard-new", ".onboard-old", ".onboard-draft"
_STAGING, _FORWARD, _BACK = "staging", "forward", "back"


@dataclass(frozen=True, slots=True)
class _Change:
    """One target: what it will hold (None: it goes), and whether it was there before."""

    target: Path
    text: str | None
    was_there: bool

    @property
    def new(self) -> Path:
        return self.target.with_name(f".{self.target.name}{_NEW}")

    @property
    def old(self) -> Path:
        return self.target.with_name(f".{self.target.name}{_OLD}")


@dataclass(frozen=True, slots=True)
class _Journal:
    """What is being done under a root; `folders` are those made for it, outermost first."""

    root: Path
    changes: tuple[_Change, ...]
    folders: tuple[Path, ...]

    def text(self, phase: str) -> str:
        changes = [[self._relative(c.target), c.text is not None, c.was_there] for c in self.changes]
        folders = [self._relative(folder) for folder in self.folders]
        return json.dumps({"format": "onboard-write/1", "phase": phase, "changes": changes, "folders": folders}) + "\n"

    def _relative(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def write(tree: FileTree, root: Path, *, remove: tuple[str, ...] = ()) -> None:
    """Write the files, and take away those named in `remove`; files that hold the same text already are not touched.

    BadInput where a path leads out of the root, NothingDone where the disk refuses; then nothing has changed.
    """
    root = root.resolve()
    changes = _changes(tree, root, remove)
    if not changes:
        return
    journal = _Journal(root, changes, _missing_folders(root, changes))
    try:
        _make_folder(root / _CACHE)
        with _only_writer(root):
            _apply(journal)
    except OSError as error:
        place = f"`{error.filename}`" if error.filename else f"`{root}`"
        is_cut_off = (root / _JOURNAL).exists()
        state = "the next command here ends what was begun" if is_cut_off else "nothing has been changed"
        raise NothingDone(
            f"The files could not be written: {error.strerror or error} at {place}; {state}.",
            remedy="See to the rights and the room on the disk, then run the same command again.",
        ) from error


def write_one(target: Path, text: str) -> None:
    """Write a single file that the person named, old or new and nothing between; NothingDone where it cannot be."""
    place = target.resolve()
    if place.is_dir() or not place.parent.is_dir():
        raise BadInput(f"`{target}` cannot be a file.", remedy="Name a file in a folder that exists.")
    draft = place.with_name(f".{place.name}{_DRAFT}")
    try:
        _write_file(draft, text, None)
        os.replace(draft, place)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise NothingDone(f"`{target}` could not be written: {error.strerror or error}.") from error


def recover(root: Path) -> None:
    """Finish, or put back, a write that was cut off under this root; does nothing where there is none."""
    root = root.resolve()
    if not (root / _JOURNAL).is_file():
        return
    with _only_writer(root):
        try:
            text = (root / _JOURNAL).read_text(encoding="utf-8")
        except FileNotFoundError:  # its writer was alive, and has finished while we waited
            return
        journal, phase = _read_journal(text, root)
        if phase == _FORWARD:
            _go_forward(journal)
        else:
            _go_back(journal)


def _apply(journal: _Journal) -> None:
    _set_phase(journal, _STAGING)
    try:
        _stage(journal)
        _set_phase(journal, _FORWARD)
        _rename_all(journal)
    except OSError:
        # Where even the phase cannot be set, nothing more is touched: `recover` goes on from the one that stands.
        _set_phase(journal, _BACK)
        _go_back(journal)
        raise
    with contextlib.suppress(OSError):  # everything is written; what is left over goes with the next `recover`
        _clean_up(journal)


def _stage(journal: _Journal) -> None:
    for folder in journal.folders:
        os.mkdir(folder)
    for change in journal.changes:
        if change.text is not None:
            mode = os.stat(change.target).st_mode & 0o7777 if change.was_there else None
            _write_file(change.new, change.text, mode)
            if change.was_there:
                _keep_old(change)
    _sync_folders(journal)


def _keep_old(change: _Change) -> None:
    try:
        os.link(change.target, change.old)
    except OSError:  # a file system without hard links
        _write_bytes(change.old, change.target.read_bytes(), os.stat(change.target).st_mode & 0o7777)


def _go_forward(journal: _Journal) -> None:
    _rename_all(journal)
    _clean_up(journal)


def _rename_all(journal: _Journal) -> None:
    for change in journal.changes:
        if change.text is None:
            _rename(change.target, change.old)
        else:
            _rename(change.new, change.target)
    _sync_folders(journal)


def _clean_up(journal: _Journal) -> None:
    for change in journal.changes:
        _unlink(change.old)
    _remove_empty_folders(journal)
    _unlink(journal.root / _JOURNAL)


def _go_back(journal: _Journal) -> None:
    for change in journal.changes:
        if change.was_there:
            _rename(change.old, change.target)
            _unlink(change.old)  # renaming a file onto its own hard link does nothing
        elif not change.new.exists():
            _unlink(change.target)
        _unlink(change.new)
    for folder in reversed(journal.folders):
        with contextlib.suppress(FileNotFoundError):
            os.rmdir(folder)
    _unlink(journal.root / _JOURNAL)


def _remove_empty_folders(journal: _Journal) -> None:
    """A folder that held nothing but what was taken away goes too, such as `models/` when `--split` ends."""
    for folder in {change.target.parent for change in journal.changes if change.text is None}:
        with contextlib.suppress(OSError):
            if folder != journal.root:
                os.rmdir(folder)


def _changes(tree: FileTree, root: Path, remove: tuple[str, ...]) -> tuple[_Change, ...]:
    found = []
    for file in tree.files:
        target = _inside(root, file.path)
        is_there = target.is_file()
        if not is_there or target.read_bytes() != file.text.encode():
            found.append(_Change(target, file.text, is_there))
    for path in remove:
        target = _inside(root, PurePosixPath(path))
        if target.is_file():
            found.append(_Change(target, None, True))
    return tuple(found)


def _inside(root: Path, path: PurePosixPath) -> Path:
    """Return where a path really lies, symbolic links followed; BadInput where that is outside the root."""
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise BadInput(f"`{path}` is not a path inside the working folder.")
    target = (root / path).resolve()
    if not target.is_relative_to(root):
        raise BadInput(
            f"`{path}` leads out of the working folder, to `{target}`, through a symbolic link.",
            remedy="Replace the link by a real file or folder.",
        )
    if target.is_dir():
        raise BadInput(f"`{path}` is a folder where a file is to be written.", remedy="Move it away.")
    return target


def _missing_folders(root: Path, changes: tuple[_Change, ...]) -> tuple[Path, ...]:
    missing: set[Path] = set()
    for change in changes:
        if change.text is not None:
            missing |= {
                f for f in change.target.parents if f.is_relative_to(root) and f not in missing and not f.exists()
            }
    return tuple(sorted(missing - {root / _CACHE, root / _CACHE.parent}, key=lambda folder: len(folder.parts)))


def _set_phase(journal: _Journal, phase: str) -> None:
    draft = journal.root / _CACHE / f"write{_DRAFT}"
    _write_file(draft, journal.text(phase), None)
    os.replace(draft, journal.root / _JOURNAL)
    _sync_folder(journal.root / _CACHE)


def _read_journal(text: str, root: Path) -> tuple[_Journal, str]:
    """Return the journal and its phase; its paths are checked like any others: the file may have come from anywhere."""
    try:
        document = json.loads(text)
        changes = tuple(
            _Change(_inside(root, PurePosixPath(path)), "" if is_written else None, bool(was_there))
            for path, is_written, was_there in document["changes"]
        )
        folders = tuple((root / PurePosixPath(folder)).resolve() for folder in document["folders"])
        if not all(folder.is_relative_to(root) for folder in folders):
            raise ValueError("a folder outside the root")
        return _Journal(root, changes, folders), str(document["phase"])
    except (ValueError, TypeError, KeyError) as error:
        raise BadInput(
            "The journal of a write that was cut off is not readable.",
            where=str(root / _JOURNAL),
            remedy="Look at the files with `git status`, then remove the journal.",
        ) from error


def _write_file(path: Path, text: str, mode: int | None) -> None:
    _write_bytes(path, text.encode(), mode)


def _write_bytes(path: Path, content: bytes, mode: int | None) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o666)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(descriptor, view) :]
        if mode is not None:
            os.chmod(path, mode)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _rename(source: Path, target: Path) -> None:
    """Rename, where it has not been done before the process was cut off."""
    with contextlib.suppress(FileNotFoundError):
        os.replace(source, target)


def _unlink(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)


def _make_folder(folder: Path) -> None:
    os.makedirs(folder, exist_ok=True)


def _sync_folders(journal: _Journal) -> None:
    for folder in sorted({change.target.parent for change in journal.changes}):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):  # Windows has no way to sync a folder, and needs none
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _only_writer(root: Path) -> Iterator[None]:
    """Hold the lock of this root, which dies with its process, so that two writers never mix."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    descriptor = os.open(root / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
