"""The database changes after `0001_initial` is in use: migrations follow it, and an empty database gets all of it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.conftest import NewDatabase
from tests.legacy_dbs import manage, onboard

MADE = (
    "create table account (id integer primary key, name varchar(80) not null)",
    "create table orders (id integer primary key, account_id integer not null references account, note text)",
    "create table dropped (id integer primary key)",
    "insert into account values (1, 'Ann')",
    "insert into orders values (1, 1, 'first')",
)
CHANGED = (
    "create table region (id integer primary key, name varchar(9) not null)",
    "alter table account add region_id integer references region",
    "create table stock (id integer primary key, orders_id integer not null references orders, region_id integer "
    "references region)",
    "alter table orders add amount integer not null default 3",
    "create view priced as select id, amount from orders",
    "drop table dropped",
)
OWN = ("--exclude", "django_migrations")


class Legacy:
    """A database of one engine, and the project over it."""

    def __init__(self, work: Path, make: Callable[[], str]) -> None:
        self.make = make
        self.work = work
        self.dsn = make()
        self.run(*MADE)
        self.scan()
        onboard(work, "generate", "--app", "legacy")
        manage(work, "migrate", dsn=self.dsn)

    def run(self, *statements: str) -> None:
        if self.dsn.startswith("sqlite"):
            with closing(sqlite3.connect(self.dsn.removeprefix("sqlite:///"))) as file, file:
                for statement in statements:
                    file.execute(statement)
            return
        with psycopg.connect(self.dsn, autocommit=True) as server:
            for statement in statements:
                server.execute(statement.encode())

    def scan(self) -> None:
        onboard(self.work, "scan", self.dsn, "--views", *OWN)

    def generate(self, code: int | None = 0) -> str:
        done = onboard(self.work, "generate", dsn=self.dsn, code=code)
        return done.stdout + done.stderr

    def follow(self, *statements: str) -> None:
        self.run(*statements)
        self.scan()
        self.generate(code=None)

    def migrations(self) -> list[str]:
        return sorted(path.stem for path in (self.work / "legacy/migrations").glob("0*.py"))

    def structure(self, dsn: str, folder: Path) -> str:
        """What a scan of the database records, the version of the server left out."""
        folder.mkdir()
        onboard(folder, "scan", dsn, "--views", "--no-infer", *OWN)
        return re.sub(r'"version": "[^"]*"', "", (folder / ".onboard/catalog.json").read_text())


@pytest.fixture(params=["postgresql", "sqlite"])
def legacy(request: pytest.FixtureRequest, new_database: NewDatabase, tmp_path: Path) -> Legacy:
    work = tmp_path / "work"
    work.mkdir()
    numbers = iter(range(9))
    is_sqlite = request.param == "sqlite"
    return Legacy(work, lambda: f"sqlite:///{tmp_path / f'{next(numbers)}.db'}" if is_sqlite else new_database())


def test_a_migration_follows_what_others_changed(legacy: Legacy, tmp_path: Path) -> None:
    initial = (legacy.work / "legacy/migrations/0001_initial.py").read_bytes()
    legacy.follow(*CHANGED)
    assert legacy.migrations() == ["0001_initial", "0002_follow_database"]
    assert (legacy.work / "legacy/migrations/0001_initial.py").read_bytes() == initial
    assert "managed" in (legacy.work / "legacy/migrations/0002_follow_database.py").read_text()
    manage(legacy.work, "makemigrations", "--check", "--dry-run", dsn=legacy.dsn)
    onboard(legacy.work, "verify", dsn=legacy.dsn)
    before = legacy.structure(legacy.dsn, tmp_path / "before")
    manage(legacy.work, "migrate", dsn=legacy.dsn)
    assert legacy.structure(legacy.dsn, tmp_path / "after") == before
    empty = legacy.make()
    manage(legacy.work, "migrate", dsn=empty)
    assert legacy.structure(empty, tmp_path / "empty") == before
    onboard(legacy.work, "generate", "--check", dsn=legacy.dsn)


def test_a_promoted_table_keeps_the_shape_that_later_migrations_start_from(legacy: Legacy, tmp_path: Path) -> None:
    onboard(legacy.work, "promote", "account", dsn=legacy.dsn)
    models = legacy.work / "legacy/models.py"
    field = "    name = models.CharField(max_length=80)\n"
    assert field in models.read_text()
    models.write_text(
        models.read_text().replace(field, f"{field}    email = models.TextField(blank=True, null=True)\n")
    )
    manage(legacy.work, "makemigrations", dsn=legacy.dsn)
    manage(legacy.work, "migrate", dsn=legacy.dsn)
    legacy.follow(*(one for one in CHANGED if "table account" not in one))
    assert legacy.migrations()[-1] == "0004_follow_database"
    manage(legacy.work, "makemigrations", "--check", "--dry-run", dsn=legacy.dsn)
    manage(legacy.work, "migrate", dsn=legacy.dsn)
    onboard(legacy.work, "promote", "region", dsn=legacy.dsn)
    manage(legacy.work, "migrate", dsn=legacy.dsn)
    manage(legacy.work, "makemigrations", "--check", "--dry-run", dsn=legacy.dsn)
    empty = legacy.make()
    manage(legacy.work, "migrate", dsn=empty)
    onboard(legacy.work, "verify", dsn=empty)
    manage(legacy.work, "migrate", "legacy", "zero", dsn=legacy.dsn)
    manage(legacy.work, "migrate", dsn=legacy.dsn)
    onboard(legacy.work, "generate", "--check", dsn=legacy.dsn)


def test_each_difference_is_a_migration_of_its_own(legacy: Legacy, tmp_path: Path) -> None:
    legacy.follow(*CHANGED)
    legacy.follow("alter table region add code varchar(3)", "create table late (id integer primary key)")
    assert legacy.migrations() == ["0001_initial", "0002_follow_database", "0003_follow_database"]
    empty = legacy.make()
    manage(legacy.work, "migrate", dsn=empty)
    assert legacy.structure(empty, tmp_path / "empty") == legacy.structure(legacy.dsn, tmp_path / "before")


def test_another_kind_of_database_gets_the_new_columns_too(legacy: Legacy, new_database: NewDatabase) -> None:
    legacy.follow(*CHANGED)
    is_sqlite = legacy.dsn.startswith("sqlite")
    other = new_database() if is_sqlite else f"sqlite:///{legacy.work / 'other.db'}"
    manage(legacy.work, "migrate", dsn=other)
    script = "from legacy.models import Account, Order; print(list(Account.objects.all()), Order.objects.count())"
    manage(legacy.work, "shell", "-c", script, dsn=other)


def test_says_what_is_left_where_the_settings_do_not_load(legacy: Legacy) -> None:
    legacy.run("alter table account add email text")
    legacy.scan()
    change = legacy.work / "config/settings.py"
    text = change.read_text()
    onboard(legacy.work, "promote", "orders", dsn=legacy.dsn)
    change.write_text(f"raise OSError('no vault')\n{text}")
    assert "no vault" in legacy.generate(code=3)
    assert "email" in (legacy.work / "legacy/models.py").read_text()
    assert "0003_follow_database" not in legacy.migrations()
    change.write_text(text)
    legacy.generate()
    assert legacy.migrations()[-1] == "0003_follow_database"


def test_a_dry_run_shows_the_migration_and_writes_none(legacy: Legacy) -> None:
    legacy.run(*CHANGED)
    legacy.scan()
    shown = onboard(legacy.work, "generate", "--dry-run", dsn=legacy.dsn, code=None).stdout
    assert "+++ b/legacy/migrations/0002_follow_database.py" in shown
    assert legacy.migrations() == ["0001_initial"]


def test_tables_that_other_migrations_make_are_left_to_them(legacy: Legacy) -> None:
    settings = legacy.work / "config/settings.py"
    settings.write_text(f'{settings.read_text()}\nDATABASE_ROUTERS = []\nDATABASES.pop("django")\n')
    legacy.run("delete from django_migrations where app <> 'legacy'")  # recorded there, with nothing made
    manage(legacy.work, "migrate", dsn=legacy.dsn)
    legacy.follow("create table region (id integer primary key)")
    statements = (legacy.work / "legacy/migrations/_baseline_0002.py").read_text()
    assert '"region"' in statements
    assert "auth_user" not in statements
    manage(legacy.work, "migrate", dsn=legacy.make())


FIELD = "    name = models.CharField(max_length=80)\n"
EMAIL = f"{FIELD}    email = models.TextField(blank=True, null=True)\n"


def _edited(legacy: Legacy) -> None:
    models = legacy.work / "legacy/models.py"
    assert FIELD in models.read_text()
    models.write_text(models.read_text().replace(FIELD, EMAIL))


def test_a_table_promoted_after_an_edit_by_hand_is_made_as_it_was_proven(
    legacy: Legacy, tmp_path: Path, new_database: NewDatabase
) -> None:
    legacy.run("alter table account add email text")
    legacy.scan()
    _edited(legacy)
    onboard(legacy.work, "promote", "account", dsn=legacy.dsn)
    assert "email" in (legacy.work / "legacy/migrations/_baseline.py").read_text()
    manage(legacy.work, "migrate", dsn=legacy.dsn)
    empty = legacy.make()
    manage(legacy.work, "migrate", dsn=empty)
    assert legacy.structure(empty, tmp_path / "empty") == legacy.structure(legacy.dsn, tmp_path / "before")
    is_sqlite = legacy.dsn.startswith("sqlite")
    other = new_database() if is_sqlite else f"sqlite:///{legacy.work / 'other.db'}"
    manage(legacy.work, "migrate", dsn=other)
    script = "from legacy.models import Account; print(list(Account.objects.values('email')))"
    manage(legacy.work, "shell", "-c", script, dsn=other)
    onboard(legacy.work, "generate", dsn=legacy.dsn)
    manage(legacy.work, "migrate", dsn=legacy.make())


def test_what_others_add_to_a_demoted_table_reaches_an_empty_database(legacy: Legacy) -> None:
    onboard(legacy.work, "promote", "account", dsn=legacy.dsn)
    manage(legacy.work, "migrate", dsn=legacy.dsn)
    onboard(legacy.work, "demote", "account", dsn=legacy.dsn)
    manage(legacy.work, "migrate", dsn=legacy.dsn)
    legacy.follow("alter table account add email text")
    manage(legacy.work, "migrate", dsn=legacy.dsn)
    empty = legacy.make()
    manage(legacy.work, "migrate", dsn=empty)
    onboard(legacy.work, "verify", dsn=empty)
    # A copy that lacks the column, and has rows, is another's to change.
    legacy.dsn = legacy.make()
    legacy.run(*MADE)
    manage(legacy.work, "migrate", dsn=legacy.dsn)
    onboard(legacy.work, "verify", dsn=legacy.dsn, code=1)
