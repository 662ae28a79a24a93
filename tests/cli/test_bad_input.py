"""What a person can get wrong: one paragraph, the right exit code, nothing half-written, no password shown."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import pytest

from tests.conftest import NewDatabase
from tests.legacy_dbs import manage, onboard

_PROGRESS = ("Reading the structure", "Writing the app")
SECRET = "s3cr3t-Wort/@ö"


def refused(cwd: Path, *arguments: str, code: int, dsn: str = "") -> str:
    """Run a command that must fail as designed; returns its one paragraph."""
    before = sorted(path.relative_to(cwd).as_posix() for path in cwd.rglob("*"))
    done = onboard(cwd, *arguments, dsn=dsn, code=code)
    assert done.stdout == ""
    said = [line for line in done.stderr.strip().split("\n") if not line.startswith(_PROGRESS)]
    assert len(said) == 1, done.stderr
    assert "Traceback" not in done.stderr
    for spelling in (SECRET, quote(SECRET, safe="")):
        assert spelling not in done.stdout + done.stderr
    assert sorted(path.relative_to(cwd).as_posix() for path in cwd.rglob("*")) == before
    return said[0]


def with_parts(dsn: str, **changes: str) -> str:
    return urlunsplit(urlsplit(dsn)._replace(**changes))


def test_no_such_host(tmp_path: Path) -> None:
    dsn = f"postgresql://someone:{quote(SECRET, safe='')}@no-such-host.invalid:5432/erp"
    assert "no-such-host.invalid" in refused(tmp_path, "scan", dsn, code=4)


def test_nobody_listens(tmp_path: Path) -> None:
    dsn = f"postgresql://someone:{quote(SECRET, safe='')}@127.0.0.1:1/erp"
    refused(tmp_path, "scan", dsn, code=4)


def test_no_such_database(tmp_path: Path, new_database: NewDatabase) -> None:
    said = refused(tmp_path, "scan", with_parts(new_database(), path="/no_such_database"), code=4)
    assert "no_such_database" in said


def test_no_such_user_or_a_wrong_password(tmp_path: Path, new_database: NewDatabase) -> None:
    parts = urlsplit(new_database())
    login = f"nobody_here:{quote(SECRET, safe='')}"
    refused(tmp_path, "scan", urlunsplit(parts._replace(netloc=f"{login}@{parts.netloc.rpartition('@')[2]}")), code=4)


@pytest.mark.parametrize("kind", ["mysql", "oracle", "mssql", "http", "gopher"])
def test_a_dsn_of_an_unknown_kind(tmp_path: Path, kind: str) -> None:
    assert kind in refused(tmp_path, "scan", f"{kind}://u:{quote(SECRET, safe='')}@host/name", code=2)


@pytest.mark.parametrize("text", ["", "not a url", "postgresql:/host", "postgresql://u:pa/ss@[host/name"])
def test_a_text_that_is_no_dsn(tmp_path: Path, text: str) -> None:
    refused(tmp_path, "scan", text, code=2)


def test_a_password_in_the_environment(tmp_path: Path) -> None:
    refused(tmp_path, "scan", code=4, dsn=f"postgresql://u:{quote(SECRET, safe='')}@127.0.0.1:1/erp")


def test_a_file_that_is_not_sqlite(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database at all, but long enough to have a header of its own\n" * 40)
    assert "notes.txt" in refused(tmp_path, "scan", "sqlite:///notes.txt", code=2)


def test_a_sqlite_file_that_is_not_there(tmp_path: Path) -> None:
    refused(tmp_path, "scan", "sqlite:///nowhere.db", code=4)


def test_an_unknown_option_or_command(tmp_path: Path) -> None:
    assert "--help" in refused(tmp_path, "scan", "--nonsense", code=2)
    refused(tmp_path, "nonsense", code=2)


def test_nothing_scanned_yet(tmp_path: Path) -> None:
    for command in (["generate", "--app", "legacy"], ["keys"], ["report"], ["scan", "sqlite:///x", "--check"]):
        refused(tmp_path, *command, code=4 if command[0] == "scan" else 2)


@pytest.fixture
def scanned(tmp_path: Path, new_database: NewDatabase) -> tuple[Path, str]:
    dsn = new_database("create table orders (id int primary key)", "create schema b", "create table b.orders (id int)")
    onboard(tmp_path, "scan", dsn, "--schema", "public", "--schema", "b")
    return tmp_path, dsn


@pytest.mark.parametrize("app", ["1abc", "a-b", "class", "a b", "../evil", "json", "django", "auth", "click", "x.y"])
def test_an_app_name_that_will_not_do(scanned: tuple[Path, str], app: str) -> None:
    assert app in refused(scanned[0], "generate", "--app", app, code=2)


def test_an_app_folder_that_onboard_did_not_make(scanned: tuple[Path, str]) -> None:
    work, _ = scanned
    (work / "legacy").mkdir()
    (work / "legacy/models.py").write_text("precious = True\n")
    assert "legacy" in refused(work, "generate", "--app", "legacy", code=2)
    assert (work / "legacy/models.py").read_text() == "precious = True\n"


def test_promoting_a_table_that_nobody_scanned(scanned: tuple[Path, str]) -> None:
    work, dsn = scanned
    onboard(work, "generate", "--app", "legacy", code=None)
    manage(work, "migrate", dsn=dsn)
    assert "`nobody`" in refused(work, "promote", "nobody", code=2, dsn=dsn)
    ambiguous = refused(work, "promote", "orders", code=2, dsn=dsn)
    assert "`public.orders`" in ambiguous
    assert "`b.orders`" in ambiguous


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    refused(tmp_path, "scan", "-C", "nowhere", "sqlite:///x.db", code=2)


def test_an_onboard_toml_that_is_no_toml_names_the_line(scanned: tuple[Path, str]) -> None:
    work, _ = scanned
    (work / "onboard.toml").write_text("[scan]\nschemas = = 1\n[names]\n")
    assert "onboard.toml:" in refused(work, "generate", "--app", "legacy", code=2)


def test_files_of_ours_that_somebody_broke(scanned: tuple[Path, str]) -> None:
    work, _ = scanned
    for name in ("catalog.json", "evidence.json"):
        path = work / ".onboard" / name
        text = path.read_text()
        for broken in ("", "{", "[]", '{"format": "something else"}'):
            path.write_text(broken)
            refused(work, "generate", "--app", "legacy", code=2)
        path.write_text(text)


def test_a_folder_that_may_not_be_written(scanned: tuple[Path, str]) -> None:
    work, _ = scanned
    (work / "onboard.toml.d").mkdir()
    (work / "legacy").symlink_to("/nonexistent-place")
    refused(work, "generate", "--app", "legacy", code=2)
