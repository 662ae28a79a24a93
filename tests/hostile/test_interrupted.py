"""Stopped at any time, a command leaves the old files or the new ones, and the next run is fine; Ctrl-C is exit 130."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.legacy_dbs import LegacyDb, legacy_dbs, manage, onboard

_SQLITE = next(one for one in legacy_dbs() if one.engine == "sqlite")


def _made(legacy: LegacyDb, folder: Path) -> str:
    def no_server(*_: str) -> str:
        raise AssertionError("not for SQLite")

    return legacy.made(no_server, folder)


def _stopped(folder: Path, dsn: str, arguments: tuple[str, ...], after_s: float, how: int) -> int:
    """Run a command in a process of its own and send it a signal; returns how it ended."""
    with subprocess.Popen(
        [sys.executable, "-m", "onboard", *arguments],
        cwd=folder,
        env={**os.environ, "DATABASE_URL": dsn},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        time.sleep(after_s)
        process.send_signal(how)
        return process.wait(60)


def _files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in (".py", ".json", ".toml", ".txt") and not _is_scratch(path)
    }


def _is_scratch(path: Path) -> bool:
    return "__pycache__" in path.parts or "cache" in path.parts or ".onboard-" in path.name


def _took_s(folder: Path, dsn: str, *arguments: str) -> float:
    start = time.monotonic()
    onboard(folder, *arguments, dsn=dsn, code=None)
    return time.monotonic() - start


_GENERATE = ("generate", "--app", "legacy")


def _tried(tmp_path: Path, how: int, times: int, *commands: tuple[str, ...]) -> None:
    """Stop each command at random times; what is there afterwards is whole."""
    chosen = random.Random(7)
    dsn = _made(_SQLITE, tmp_path / "database")
    for command in commands:
        whole = tmp_path / command[0]
        before, after = _before_and_after(whole, dsn, command)
        took_s = _took_s(_again(tmp_path, whole, -1, before), dsn, *command)
        for number in range(times):
            folder = _again(tmp_path, whole, number, before)
            code = _stopped(folder, dsn, command, chosen.uniform(0.2, 1.05) * took_s, how)
            if how == signal.SIGINT:
                assert code in (0, 3, 130, -signal.SIGINT), code
                assert _files(folder) in (before, after)
            onboard(folder, "status", dsn=dsn, code=None)  # the next command ends what was begun
            assert _files(folder) in (before, after)
            onboard(folder, *command, dsn=dsn, code=None)
            assert _files(folder).keys() == after.keys()


def _before_and_after(whole: Path, dsn: str, command: tuple[str, ...]) -> tuple[dict[str, str], dict[str, str]]:
    whole.mkdir()
    onboard(whole, "scan", dsn)
    if command[0] == "promote":
        onboard(whole, "generate", "--app", "legacy", code=None)
        manage(whole, "migrate", dsn=dsn)
    before = _files(whole)
    onboard(whole, *command, dsn=dsn, code=None)
    return before, _files(whole)


def _again(tmp_path: Path, whole: Path, number: int, files: dict[str, str]) -> Path:
    folder = tmp_path / f"{whole.name}{number}"
    for name, text in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.soak
def test_an_interrupted_command_leaves_nothing_half_written(tmp_path: Path) -> None:
    _tried(tmp_path, signal.SIGINT, 1, _GENERATE)


@pytest.mark.soak
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_stopped_at_fifty_times_there_are_old_files_or_new_ones(how: int, tmp_path: Path) -> None:
    _tried(tmp_path, how, 25, _GENERATE, ("promote", "--all"))


def test_an_interrupted_scan_ends_with_130(tmp_path: Path) -> None:
    dsn = _made(_SQLITE, tmp_path / "database")
    code = _stopped(tmp_path, dsn, ("scan", dsn, "--budget", "30"), 0.3, signal.SIGINT)
    assert code in (0, 3, 130, -signal.SIGINT)
    assert not (tmp_path / ".onboard/catalog.json").exists() or (tmp_path / "onboard.toml").exists()
