"""A password that was given in any way, to any command, in any failure, is shown nowhere and written nowhere."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus, urlsplit

import psycopg
import pytest

from tests.conftest import NewDatabase
from tests.hostile.proxy import proxy

SECRET = "p@ss/w:rd%41 ä'\"#x"
_SPELLINGS = {
    SECRET,
    quote(SECRET, safe=""),
    quote(SECRET),
    quote_plus(SECRET),
    repr(SECRET)[1:-1],
    base64.b64encode(SECRET.encode()).decode(),
}


@pytest.fixture
def asks_for_a_password(new_database: NewDatabase, tmp_path: Path) -> Iterator[str]:
    """A role whose password is the secret; whether the server checks it depends on its pg_hba.conf."""
    dsn = new_database("create table customers (id integer primary key)")
    role = f"{urlsplit(dsn).path[1:]}_reader"
    with psycopg.connect(dsn, autocommit=True) as server:
        server.execute(f"create role \"{role}\" login password '{SECRET.replace(chr(39), chr(39) * 2)}'".encode())
    parts = urlsplit(dsn)
    with proxy(dsn) as line:
        where = urlsplit(line.dsn)
        yield f"postgresql://{role}:{quote(SECRET, safe='')}@127.0.0.1:{where.port}{parts.path}?sslmode=disable"
    with psycopg.connect(dsn, autocommit=True) as server:
        server.execute(f'drop owned by "{role}"'.encode())
        server.execute(f'drop role "{role}"'.encode())


def run(folder: Path, *arguments: str, **environment: str) -> str:
    """Run a command and return all that it said, after holding that and all files against the secret."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "DATABASE_URL", "DJANGO"))}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**kept, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    hold(said, folder)
    return f"{done.returncode}\n{said}"


def hold(said: str, folder: Path) -> None:
    texts = {"output": said}
    for path in folder.rglob("*"):
        if path.is_file():
            texts[str(path)] = path.read_bytes().decode(errors="replace")
            assert SECRET not in path.name
    for place, text in texts.items():
        for spelling in _SPELLINGS:
            assert spelling not in text, f"the password is in {place}"


def test_nothing_holds_it_on_the_way_through(asks_for_a_password: str, tmp_path: Path) -> None:
    given = {"DATABASE_URL": asks_for_a_password}
    onboard = ("-m", "onboard")
    assert run(tmp_path, *onboard, "scan", asks_for_a_password).startswith("3"), "rows of another role are not read"
    run(tmp_path, *onboard, "scan", "--json", "found.json", **given)
    run(tmp_path, *onboard, "generate", "--app", "legacy", **given)
    for command in (["status"], ["plan"], ["verify"], ["report"], ["doctor"], ["promote", "--all"], ["verify", "-v"]):
        run(tmp_path, *onboard, *command, "--traceback", **given)
    run(tmp_path, "manage.py", "migrate", **given)


@pytest.mark.parametrize(
    ("netloc", "path"),
    [
        ("{user}@no-such-host.invalid", "/x"),
        ("{user}@127.0.0.1:1", "/x"),
        ("{user}@127.0.0.1:{port}", "/no_such_database"),
        ("nobody_here:{secret}@127.0.0.1:{port}", "{path}"),
        ("{user}@127.0.0.1:{port}", "{path}?sslmode=nonsense"),
        ("{user}@127.0.0.1:{port}", "{path}?sslmode=require"),
        ("{user}@127.0.0.1:{port}", "{path}?nonsense=1"),
        ("{user}@127.0.0.1:{port}", "{path}?options=-c%20nonsense%3D1"),
        ("{user}@127.0.0.1:port", "{path}"),
        ("{user}@[::1", "{path}"),
        ("nobody_here@127.0.0.1:{port}", "{path}?password={secret}"),
        ("nobody_here@127.0.0.1:1", "{path}?sslpassword={secret}"),
    ],
)
def test_no_failure_shows_it(netloc: str, path: str, asks_for_a_password: str, tmp_path: Path) -> None:
    parts = urlsplit(asks_for_a_password)
    words = {
        "user": parts.netloc.rpartition("@")[0],
        "port": str(parts.port),
        "path": parts.path,
        "secret": quote(SECRET, safe=""),
    }
    dsn = f"postgresql://{netloc.format(**words)}{path.format(**words)}"
    said = run(tmp_path, "-m", "onboard", "scan", dsn)
    assert said[0] in "234", said
    assert run(tmp_path, "-m", "onboard", "scan", "--traceback", DATABASE_URL=dsn)[0] in "234"


def test_an_environment_variable_is_as_secret(asks_for_a_password: str, tmp_path: Path) -> None:
    parts = urlsplit(asks_for_a_password)
    for dsn in (
        f"postgresql://{parts.username}@127.0.0.1:{parts.port}{parts.path}?sslmode=disable",
        "postgresql://nobody_here@127.0.0.1:1/x",
    ):
        run(tmp_path, "-m", "onboard", "scan", dsn, "--traceback", PGPASSWORD=SECRET)


def test_a_password_that_is_in_the_names_of_the_database_is_struck_as_well(
    asks_for_a_password: str, tmp_path: Path
) -> None:
    said = run(tmp_path, "-m", "onboard", "scan", asks_for_a_password, "--table", SECRET, "--traceback")
    assert "Traceback" not in said
