"""Files are written all or nothing: whenever the process is killed, the next start finds all old or all new."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from onboard.errors import BadInput, NothingDone
from onboard.project.files import File, FileTree, tree_of
from onboard.project.write import recover, write, write_one

OLD = {"app/models.py": "old models\n", "app/admin.py": "old admin\n", "onboard.toml": "old\n"}
NEW = {
    "app/models.py": "new models\n",
    "onboard.toml": "new\n",
    "app/migrations/0001.py": "new 0001\n",
    "x/y/z.txt": "z\n",
}
CALLS = ("open", "write", "fsync", "close", "link", "replace", "unlink", "mkdir", "makedirs", "rmdir", "chmod")


def tree(texts: dict[str, str]) -> FileTree:
    return tree_of(File(PurePosixPath(path), text) for path, text in texts.items())


def lay_down(root: Path) -> None:
    for path, text in OLD.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def found(root: Path) -> dict[str, str]:
    """Every file, hidden ones included, but for the cache, which is nobody's."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    texts = {path.relative_to(root).as_posix(): path.read_text() for path in files}
    return {path: text for path, text in texts.items() if not path.startswith(".onboard/cache/")}


AFTER = NEW  # app/admin.py is taken away


def count_calls(root: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    lay_down(root)
    made = 0

    def count() -> None:
        nonlocal made
        made += 1

    with monkeypatch.context() as patched:
        on_every_call(patched, count)
        write(tree(NEW), root, remove=("app/admin.py",))
    assert found(root) == AFTER
    return made


def on_every_call(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None], *, spare: str = "") -> None:
    """Do something before each call to the operating system that a write makes."""
    for name in CALLS:
        if name == spare:
            continue
        real = getattr(os, name)

        def call(*arguments: object, _real: Callable[..., object] = real, **options: object) -> object:
            act()
            return _real(*arguments, **options)

        monkeypatch.setattr(os, name, call)


def test_writes_makes_folders_and_takes_away(tmp_path: Path) -> None:
    lay_down(tmp_path)
    write(tree(NEW), tmp_path, remove=("app/admin.py", "never/there.py"))
    assert found(tmp_path) == AFTER


def test_leaves_files_alone_that_hold_the_same_text(tmp_path: Path) -> None:
    lay_down(tmp_path)
    before = (tmp_path / "onboard.toml").stat()
    write(tree({**OLD, "new.txt": "x"}), tmp_path)
    after = (tmp_path / "onboard.toml").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_writes_nothing_at_all_where_nothing_changes(tmp_path: Path) -> None:
    lay_down(tmp_path)
    write(tree(OLD), tmp_path)
    assert not (tmp_path / ".onboard").exists()


def test_a_folder_that_is_left_empty_goes(tmp_path: Path) -> None:
    lay_down(tmp_path)
    write(tree({"a.txt": "a"}), tmp_path, remove=("app/models.py", "app/admin.py"))
    assert not (tmp_path / "app").exists()


def test_keeps_the_mode_of_a_file(tmp_path: Path) -> None:
    lay_down(tmp_path)
    (tmp_path / "onboard.toml").chmod(0o640)
    write(tree(NEW), tmp_path)
    assert (tmp_path / "onboard.toml").stat().st_mode & 0o777 == 0o640


def test_killed_at_any_call_leaves_all_old_or_all_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = count_calls(tmp_path / "counted", monkeypatch)
    outcomes = set()
    for number in range(calls):
        root = tmp_path / str(number)
        lay_down(root)
        child = os.fork()
        if child == 0:
            left = number

            def die() -> None:
                nonlocal left
                if left == 0:
                    os._exit(9)
                left -= 1

            on_every_call(monkeypatch, die)
            write(tree(NEW), root, remove=("app/admin.py",))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 9
        recover(root)
        after = found(root)
        assert after in (OLD, AFTER), f"killed before call {number}"
        outcomes.add("new" if after == AFTER else "old")
        write(tree(NEW), root, remove=("app/admin.py",))
        assert found(root) == AFTER, f"written again after being killed before call {number}"
    assert outcomes == {"old", "new"}


def test_refused_at_any_call_leaves_all_old_or_all_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = count_calls(tmp_path / "counted", monkeypatch)
    for number in range(calls):
        root = tmp_path / str(number)
        lay_down(root)
        left = number

        def refuse() -> None:
            nonlocal left
            left -= 1
            if left == -1:
                raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patched:
            on_every_call(patched, refuse, spare="close")  # one that fails closes all the same
            with contextlib.suppress(NothingDone):  # where it is only the cleaning up, all is done
                write(tree(NEW), root, remove=("app/admin.py",))
        recover(root)
        assert found(root) in (OLD, AFTER), f"refused at call {number}"


def test_a_full_disk_from_some_moment_on_leaves_all_old_or_all_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = count_calls(tmp_path / "counted", monkeypatch)
    for number in range(calls):
        root = tmp_path / str(number)
        lay_down(root)
        left = number

        def refuse() -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise OSError(errno.EROFS, "Read-only file system")

        with monkeypatch.context() as patched:
            on_every_call(patched, refuse, spare="close")  # one that fails closes all the same
            with contextlib.suppress(NothingDone):  # where it is only the cleaning up, all is done
                write(tree(NEW), root, remove=("app/admin.py",))
        recover(root)
        after = found(root)
        assert after in (OLD, AFTER), f"refused from call {number} on"


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/outside.txt", "a/../../outside.txt"])
def test_refuses_a_path_that_leads_out_of_the_root(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    with pytest.raises(BadInput):
        write(tree({path: "x"}), root)
    assert not (tmp_path / "outside.txt").exists()


def test_refuses_to_follow_a_link_out_of_the_root(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (root / "app").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(BadInput, match="symbolic link"):
        write(tree({"good.txt": "x", "app/models.py": "x"}), root)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert not (root / "good.txt").exists()


def test_refuses_a_journal_that_leads_out_of_the_root(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / ".onboard/cache").mkdir(parents=True)
    (tmp_path / "victim.txt").write_text("precious")
    journal = (
        '{"format": "onboard-write/1", "phase": "back", "changes": [["../victim.txt", true, false]], "folders": []}'
    )
    (root / ".onboard/cache/write.json").write_text(journal)
    with pytest.raises(BadInput):
        recover(root)
    assert (tmp_path / "victim.txt").read_text() == "precious"


def test_says_so_where_a_journal_is_not_readable(tmp_path: Path) -> None:
    (tmp_path / ".onboard/cache").mkdir(parents=True)
    (tmp_path / ".onboard/cache/write.json").write_text("{")
    with pytest.raises(BadInput, match="journal"):
        recover(tmp_path)


def test_writes_one_file_that_the_person_named(tmp_path: Path) -> None:
    write_one(tmp_path / "scan.json", "{}\n")
    assert (tmp_path / "scan.json").read_text() == "{}\n"
    with pytest.raises(BadInput):
        write_one(tmp_path, "x")
    with pytest.raises(BadInput):
        write_one(tmp_path / "no/such/folder.json", "x")
