"""The databases of `fixtures/legacy_dbs`, made anew for a test, and the commands run on them as a person would."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "legacy_dbs"
SECRET = "s3cr3t-Wort/äö"


@dataclass(frozen=True, slots=True)
class LegacyDb:
    """One database of the fixtures."""

    name: str
    engine: str
    scan: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return FOLDER / self.name

    def sql(self, part: str) -> str:
        return (self.folder / f"{part}.sql").read_text(encoding="utf-8")

    def made(self, new_database: Callable[..., str], folder: Path) -> str:
        """Make the database with its rows; returns its DSN."""
        dsn = self.empty(new_database, folder)
        if self.engine == "sqlite":
            with sqlite3.connect(dsn.removeprefix("sqlite:///")) as connection:
                connection.executescript(self.sql("schema") + self.sql("rows"))
            connection.close()
        else:
            with psycopg.connect(dsn) as server:
                server.execute(self.sql("schema").encode())
                server.execute(self.sql("rows").encode())
        return dsn

    def empty(self, new_database: Callable[..., str], folder: Path) -> str:
        """Return the DSN of an empty database of its kind."""
        if self.engine == "postgresql":
            return new_database()
        folder.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{folder / 'legacy.sqlite3'}"


def legacy_dbs() -> list[LegacyDb]:
    """Return all of them, by name."""
    found = []
    for path in sorted(FOLDER.glob("*/fixture.toml")):
        about = tomllib.loads(path.read_text(encoding="utf-8"))
        found.append(LegacyDb(path.parent.name, about["engine"], tuple(about["scan"])))
    return found


def onboard(cwd: Path, *arguments: str, dsn: str = "", code: int | None = 0) -> subprocess.CompletedProcess[str]:
    """Run `onboard` as a person does; asserts its exit code unless that is None."""
    return _run([sys.executable, "-m", "onboard", *arguments], cwd, dsn, code)


def manage(cwd: Path, *arguments: str, dsn: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
    """Run `manage.py` of the generated project."""
    return _run([sys.executable, "-W", "error::RuntimeWarning", "manage.py", *arguments], cwd, dsn, code)


def _run(command: list[str], cwd: Path, dsn: str, code: int | None) -> subprocess.CompletedProcess[str]:
    environment = {
        key: value for key, value in os.environ.items() if key not in ("DJANGO_SETTINGS_MODULE", "PGPASSWORD")
    }
    environment["DATABASE_URL"] = dsn
    done = subprocess.run(
        command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert code is None or done.returncode == code, f"{command[1:]} -> {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done
