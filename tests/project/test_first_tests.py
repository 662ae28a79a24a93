"""The tests that a person writes on the first day, in the generated project; and `flush`, in and outside of tests."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.conftest import NewDatabase
from tests.legacy_dbs import manage, onboard

MADE = (
    "create table account (id integer primary key, name varchar(80) not null)",
    "create table orders (id integer primary key, account_id integer not null references account, note text)",
    "insert into account values (1, 'Ann')",
    "insert into orders values (1, 1, 'first')",
)
TESTS = """
from django.contrib.auth.models import User
from django.test import TestCase, TransactionTestCase

from legacy.models import Account, Order


class First(TestCase):
    def test_tables_are_there_and_empty(self):
        self.assertEqual(Account.objects.count(), 0)
        Order.objects.create(id=7, account=Account.objects.create(id=5, name="x"))

    def test_the_admin_opens(self):
        self.client.force_login(User.objects.create_superuser("ada"))
        self.assertEqual(self.client.get("/admin/legacy/account/").status_code, 200)


class Second(TransactionTestCase):
    def _fill(self):
        self.assertEqual((Account.objects.count(), Order.objects.count(), User.objects.count()), (0, 0, 0))
        Order.objects.create(id=7, account=Account.objects.create(id=5, name="x"))
        User.objects.create_user("bob")

    def test_once(self):
        self._fill()

    def test_twice(self):
        self._fill()
"""


def run(dsn: str, *statements: str) -> list[tuple[object, ...]]:
    if dsn.startswith("sqlite"):
        with closing(sqlite3.connect(dsn.removeprefix("sqlite:///"))) as file, file:
            return [row for one in statements for row in file.execute(one).fetchall()]
    with psycopg.connect(dsn, autocommit=True) as server:
        done = [server.execute(one.encode()) for one in statements]
        return [row for one in done if one.description for row in one.fetchall()]


@pytest.fixture(params=["postgresql", "sqlite"])
def dsn(request: pytest.FixtureRequest, new_database: NewDatabase, tmp_path: Path) -> str:
    made = new_database() if request.param == "postgresql" else f"sqlite:///{tmp_path / 'legacy.db'}"
    run(made, *MADE)
    return made


@pytest.fixture
def work(tmp_path: Path, dsn: str) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    onboard(folder, "scan", dsn)
    onboard(folder, "generate", "--app", "legacy")
    (folder / "legacy/tests.py").write_text(TESTS)
    return folder


def test_they_run_at_once_before_and_after_a_promotion(work: Path, dsn: str) -> None:
    assert "Ran 4 tests" in manage(work, "test", dsn=dsn).stderr
    onboard(work, "promote", "account", dsn=dsn)
    # An unmanaged table refers to a promoted one: stock flush cannot empty that one on PostgreSQL.
    assert "Ran 4 tests" in manage(work, "test", "--parallel", "2", dsn=dsn).stderr

    environment = {**os.environ, "DATABASE_URL": dsn, "PYTEST_ADDOPTS": ""}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)
    assert "4 passed" in done.stdout, done.stdout + done.stderr
    assert run(dsn, "select count(*) from orders") == [(1,)]


def test_flush_stops_before_rows_that_were_there_first(work: Path, dsn: str) -> None:
    manage(work, "migrate", dsn=dsn)
    manage(work, "flush", "--noinput", dsn=dsn)
    onboard(work, "promote", "orders", dsn=dsn)
    manage(work, "migrate", dsn=dsn)
    stopped = manage(work, "flush", "--noinput", dsn=dsn, code=1)
    assert "flush would empty 1 tables that were there before Django, and hold rows: orders" in stopped.stderr
    assert run(dsn, "select count(*) from orders", "select count(*) from account") == [(1,), (1,)]
    manage(work, "flush", "--noinput", "--empty-legacy-tables", dsn=dsn)
    assert run(dsn, "select count(*) from orders", "select count(*) from account") == [(0,), (1,)]
