"""The traps of handing existing tables to Django, each on a project that onboard generated."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.verify.legacy_project import LegacyProject, generated_project, sqlite_made

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers

STATEMENTS = (
    "create table accounts (id integer primary key, code varchar(20) not null, main_customer integer)",
    "create table legacy_customers (id integer primary key, fullname varchar(255) not null default 'nobody', "
    "account_id integer not null references accounts (id), referred_by integer references legacy_customers (id))",
    "create table orders (order_no integer primary key, customer_id integer references legacy_customers (id), "
    "total numeric(10,2) not null default 0, constraint total_is_positive check (total >= 0))",
    "create index orders_customer on orders (customer_id)",
    "create unique index code_once on accounts (code)",
    "insert into accounts (id, code) values (1, 'a'), (2, 'b')",
    "insert into legacy_customers (id, fullname, account_id) values (1, 'Ann', 1), (2, 'Bob', 2)",
    "insert into orders values (1, 1, 10), (2, 2, 20)",
)
CYCLE = "alter table accounts add foreign key (main_customer) references legacy_customers (id)"

TRACKED = """
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
loader = MigrationLoader(None)
states = loader.project_state(), ProjectState.from_apps(apps)
for state in states:
    for key, model in state.models.items():
        model.options = {name: value for name, value in model.options.items() if name != "managed"}
found = MigrationAutodetector(*states).changes(graph=loader.graph)
migrations = [migration for one in found.values() for migration in one]
print("FOUND", [operation.describe() for migration in migrations for operation in migration.operations])
"""


@pytest.fixture(params=["postgresql", "sqlite"])
def make(request: pytest.FixtureRequest, new_database: NewDatabase, tmp_path: Path) -> Callable[..., str]:
    """A maker of databases of one engine."""

    def made(*statements: str) -> str:
        if request.param == "postgresql":
            return new_database(*statements, *((CYCLE,) if statements else ()))
        return sqlite_made(tmp_path / f"{len(list(tmp_path.iterdir()))}.db", statements)

    return made


@pytest.fixture
def project(make: Callable[..., str], tmp_path: Path) -> LegacyProject:
    return generated_project(tmp_path / "project", make(*STATEMENTS))


def _rows(project: LegacyProject) -> list[object]:
    columns = {
        "accounts": "id, code",
        "legacy_customers": "id, fullname, account_id",
        "orders": "order_no, customer_id",
    }
    return [project.query(f"select {names} from {table} order by 1") for table, names in columns.items()]


def _done(project: LegacyProject, *arguments: str, **environment: str) -> str:
    done = project.manage(*arguments, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _promoted(project: LegacyProject, *arguments: str) -> None:
    done = project.onboard("promote", *arguments)
    assert done.returncode == 0, done.stderr


def test_the_record_is_the_models_also_where_unmanaged_ones_are_tracked(project: LegacyProject) -> None:
    _promoted(project, "accounts", "orders")
    assert "FOUND []" in _done(project, "shell", "-c", TRACKED)
    assert "No changes" in _done(project, "makemigrations", "--check", "--dry-run")


def test_an_empty_database_gets_every_table(project: LegacyProject, make: Callable[..., str]) -> None:
    _promoted(project, "--all")
    empty = make()
    _done(project, "migrate", DATABASE_URL=empty)
    verified = project.onboard("verify", DATABASE_URL=empty)
    assert verified.returncode == 0, verified.stdout
    assert project.query("select count(*) from orders") == [(2,)]
    assert LegacyProject(project.root, empty).query("select count(*) from orders") == [(0,)]


def test_another_copy_where_nothing_is_recorded_keeps_its_rows(
    project: LegacyProject, make: Callable[..., str]
) -> None:
    _promoted(project, "--all")
    copy = LegacyProject(project.root, make(*STATEMENTS))
    rows = _rows(copy)
    for target in ((), ("legacy", "zero"), ()):
        _done(copy, "migrate", *target)
        assert _rows(copy) == rows


def test_a_table_that_refers_to_an_unpromoted_one_changes_like_any_other(project: LegacyProject) -> None:
    _promoted(project, "orders")
    models = project.text("legacy/models.py")
    added = re.sub(r"(    total = models)", r"    note = models.CharField(max_length=9, null=True)\n\1", models)
    project.write("legacy/models.py", added)
    _done(project, "makemigrations")
    _done(project, "migrate")
    assert project.query("select note from orders") == [(None,), (None,)]
    _done(project, "migrate", "legacy", "0001")
    assert len(_rows(project)) == 3


def test_an_unwrapped_field_operation_beside_a_flip_drops_nothing_backwards(project: LegacyProject) -> None:
    """As a `makemigrations` that tracks unmanaged models writes it: the column was there before the operation."""
    project.query("alter table accounts add note varchar(9) default 'kept'")
    _promoted_by_hand(project)
    for target in ((), ("legacy", "0001"), (), ("legacy", "zero"), ()):
        _done(project, "migrate", *target)
        assert project.query("select note from accounts") == [("kept",), ("kept",)]


def _promoted_by_hand(project: LegacyProject) -> None:
    models = project.text("legacy/models.py")
    note = 'note = models.CharField(max_length=9, null=True, db_default="kept")'
    project.write("legacy/models.py", re.sub(r"(    code = models)", rf"    {note}\n\1", models))
    assert project.onboard("promote", "accounts", "--dry-run").returncode == 0
    project.write(
        "legacy/migrations/0002_by_hand.py",
        "from django.db import migrations, models\n\nfrom . import _onboard\n\n\n"
        "class Migration(migrations.Migration):\n"
        '    dependencies = [("legacy", "0001_initial")]\n'
        f'    operations = [migrations.AddField("Account", "note", {note[7:]}), _onboard.Promote("Account")]\n',
    )
    flagged = project.text("legacy/models.py")
    account = flagged.index("class Account(")
    project.write("legacy/models.py", flagged[:account] + flagged[account:].replace("        managed = False\n", "", 1))
    assert "No changes" in _done(project, "makemigrations", "--check", "--dry-run")


def test_squash_migrate_and_zero_in_one_run_keep_the_rows(project: LegacyProject) -> None:
    rows = _rows(project)
    _promoted(project, "--all", "--each")
    last = sorted(path.stem for path in (project.root / "legacy/migrations").glob("0*.py"))[-1]
    _done(project, "squashmigrations", "--noinput", "legacy", last)
    for target in ((), ("legacy", "zero"), ()):
        _done(project, "migrate", *target)
        assert _rows(project) == rows


def test_what_the_flip_runs_is_nothing(project: LegacyProject) -> None:
    _promoted(project, "--all")
    statements = [
        line for line in _done(project, "sqlmigrate", "legacy", "0002").splitlines() if not line.startswith("--")
    ]
    assert statements in ([], ["BEGIN;", "COMMIT;"])


def test_a_database_beside_the_default_one_is_promoted_where_it_is(
    project: LegacyProject, make: Callable[..., str]
) -> None:
    settings = next(path for path in project.root.rglob("settings.py"))
    settings.write_text(
        settings.read_text() + '\nDATABASES = {"default": {**DATABASES["default"], "NAME": "nowhere", "HOST": '
        '"/nonexistent"}, "old": DATABASES["default"]}\n'
    )
    done = project.onboard("promote", "--all", "--database", "old")
    assert done.returncode == 0, done.stderr
    assert "migrate --database old" in done.stdout
    rows = _rows(project)
    _done(project, "migrate", "--database", "old")
    assert _rows(project) == rows
