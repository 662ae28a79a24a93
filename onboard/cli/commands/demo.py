"""`onboard demo`: the main job on a small legacy database, each command shown, a runnable project left behind."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import click

from onboard.cli import console
from onboard.cli.options import traceback_option
from onboard.cli.outcome import Outcome
from onboard.errors import BadInput, NothingDone

_APP = "legacy"
_README = """# The demonstration of onboard

Made by `onboard demo`. The legacy database is described in `.onboard/catalog.json`; the app is `legacy/`.
"""


@click.command(name="demo", short_help="Show the main job on a small legacy database.")
@click.argument("folder", default="demo", type=click.Path(file_okay=False, path_type=Path))
@click.option("--postgres/--sqlite", default=None, help="Which database (default: PostgreSQL where its wheel is).")
@click.option("--stop", is_flag=True, help="Stop the PostgreSQL that an earlier demonstration left running.")
@traceback_option
def COMMAND(folder: Path, postgres: bool | None, stop: bool) -> Outcome:
    """Scan a small legacy database, generate its app, promote its tables, and leave a project in FOLDER."""
    from onboard.cli.demo_database import has_wheel_server, postgresql_database, sqlite_database, stop_server
    from onboard.cli.workspace import file
    from onboard.project.files import tree_of
    from onboard.project.write import write

    if stop:
        stop_server()
        console.say("Stopped.")
        return None
    root = folder.resolve()
    if root.exists() and any(root.iterdir()):
        raise BadInput(f"`{folder}` exists already and is not empty.", remedy="Remove it, or name another folder.")
    if not root.parent.is_dir():
        raise BadInput(f"There is no folder `{root.parent}`.", remedy="Make it first.")
    write(tree_of([file(f"{root.name}/README.md", _README)]), root.parent)
    use_postgres = has_wheel_server() if postgres is None else postgres
    dsn = postgresql_database() if use_postgres else sqlite_database(root / "legacy.sqlite3")
    _walk(root, dsn)
    _ending(root, dsn, is_server=use_postgres)
    return None


def _walk(root: Path, dsn: str) -> None:
    _onboard(root, dsn, "scan", dsn)
    _onboard(root, dsn, "keys")
    _onboard(root, dsn, "generate", "--app", _APP)
    console.say(f"\n--- {_APP}/models.py\n")
    console.document((root / _APP / "models.py").read_text(encoding="utf-8"))
    _manage(root, dsn, "check")
    _onboard(root, dsn, "plan")
    _manage(root, dsn, "migrate", "--verbosity", "1")
    _onboard(root, dsn, "promote", "--all")
    _manage(root, dsn, "migrate")
    _manage(root, dsn, "makemigrations", "--check", "--dry-run")
    _manage(root, dsn, "sqlmigrate", _APP, "0002")
    _onboard(root, dsn, "status")
    other = _own_database(root)
    if other:
        _manage(root, dsn, "migrate", *other)
    login = ("--noinput", "--username", "demo", "--email", "demo@example.com")
    _manage(root, dsn, "createsuperuser", *login, *other)


def _own_database(root: Path) -> tuple[str, ...]:
    """Return the option that names the database of Django's own tables, where they are kept apart."""
    return ("--database", "django") if (root / "config" / "routers.py").is_file() else ()


def _onboard(root: Path, dsn: str, *arguments: str) -> None:
    """Run a command of ours; done in part (3) is what a table without a key makes of `promote --all`."""
    _run(root, dsn, ["onboard", *arguments], [sys.executable, "-m", "onboard", *arguments], fine=(0, 3))


def _manage(root: Path, dsn: str, *arguments: str) -> None:
    _run(root, dsn, ["python", "manage.py", *arguments], [sys.executable, "manage.py", *arguments], fine=(0,))


def _run(root: Path, dsn: str, shown: list[str], command: list[str], *, fine: tuple[int, ...]) -> None:
    console.say(f"\n$ {shlex.join(shown)}")
    sys.stdout.flush()
    environment = {**os.environ, "DATABASE_URL": dsn, "DJANGO_SUPERUSER_PASSWORD": "demo"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(command, cwd=root, env=environment, stdin=subprocess.DEVNULL, check=False)
    if done.returncode not in fine:
        raise NothingDone(f"`{shlex.join(shown)}` ended with {done.returncode}.", where=str(root))


def _ending(root: Path, dsn: str, *, is_server: bool) -> None:
    console.say(f"\nThe project is in {root}. To look at it (user demo, password demo):\n")
    console.say(f"    cd {shlex.quote(str(root))}")
    console.say(f"    export DATABASE_URL={shlex.quote(dsn)}")
    console.say(f"    {shlex.quote(sys.executable)} manage.py runserver")
    if is_server:
        console.say("\nPostgreSQL keeps running; to stop it:\n")
        console.say(f"    {shlex.quote(sys.executable)} -m onboard demo --stop")
