"""A small Django project over a database that Django did not make, as `generate` would leave it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg

from onboard.catalog.canonical import to_json
from onboard.catalog.dsn import parse_dsn
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection
from onboard.project.record import AppRecord, record_to_json

HELPER = Path(__file__).parents[2] / "templates/app/migrations/_onboard.py"

POSTGRESQL = (
    "create table accounts (id serial primary key, code varchar(20) not null)",
    "create table legacy_customers (id serial primary key, fullname varchar(255) not null, "
    "account_id integer not null references accounts)",
    "create table orders (order_no integer not null, customer_id integer references legacy_customers, "
    "total numeric(10,2) not null default 0, constraint orders_pk primary key (order_no), "
    "constraint total_is_positive check (total >= 0))",
    "create index orders_customer on orders (customer_id)",
    "create table logs (line text)",
    "insert into accounts (code) values ('a'), ('b')",
    "insert into legacy_customers (fullname, account_id) values ('Ann', 1), ('Bob', 2)",
    "insert into orders values (1, 1, 10), (2, 2, 20)",
    "insert into logs values ('one')",
)
SQLITE = tuple(statement.replace("serial primary key", "integer primary key") for statement in POSTGRESQL)

MODELS = '''\
from django.db import models


class RowAddress(models.Field):
    """The place of a row, for a table without a key."""

    def db_type(self, connection):
        return None


class Account(models.Model):
    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=20)

    class Meta:
        managed = False
        db_table = "accounts"


class Customer(models.Model):
    id = models.AutoField(primary_key=True)
    full_name = models.CharField(max_length=255, db_column="fullname")
    account = models.ForeignKey(
        "Account", on_delete=models.PROTECT, db_column="account_id", db_index=False
    )

    class Meta:
        managed = False
        db_table = "legacy_customers"


class Order(models.Model):
    order_no = models.IntegerField(primary_key=True)
    customer = models.ForeignKey(
        "Customer", on_delete=models.PROTECT, db_column="customer_id", db_index=False, null=True
    )
    total = models.DecimalField(max_digits=10, decimal_places=2, db_default=0)

    class Meta:
        managed = False  # the shop writes here, too
        db_table = "orders"
        constraints = [
            models.CheckConstraint(name="total_is_positive", condition=models.Q(total__gte=0)),
        ]
        indexes = [models.Index("customer", name="orders_customer")]


class Log(models.Model):
    row = RowAddress(primary_key=True, editable=False)
    line = models.TextField(null=True)

    class Meta:
        managed = False
        db_table = "logs"
'''.replace('models.Index("customer", ', 'models.Index(fields=["customer"], ')

INITIAL = """\
import django.db.models.deletion
from django.db import migrations, models

import legacy.models
from . import _onboard


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        _onboard.RecordModels(
            models=[
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        ("id", models.AutoField(primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=20)),
                    ],
                    options={"managed": False, "db_table": "accounts"},
                ),
                migrations.CreateModel(
                    name="Customer",
                    fields=[
                        ("id", models.AutoField(primary_key=True, serialize=False)),
                        ("full_name", models.CharField(db_column="fullname", max_length=255)),
                        (
                            "account",
                            models.ForeignKey(
                                db_column="account_id",
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="legacy.account",
                            ),
                        ),
                    ],
                    options={"managed": False, "db_table": "legacy_customers"},
                ),
                migrations.CreateModel(
                    name="Order",
                    fields=[
                        ("order_no", models.IntegerField(primary_key=True, serialize=False)),
                        (
                            "customer",
                            models.ForeignKey(
                                db_column="customer_id",
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="legacy.customer",
                            ),
                        ),
                        ("total", models.DecimalField(db_default=0, decimal_places=2, max_digits=10)),
                    ],
                    options={
                        "managed": False,
                        "db_table": "orders",
                        "constraints": [
                            models.CheckConstraint(name="total_is_positive", condition=models.Q(total__gte=0)),
                        ],
                        "indexes": [models.Index(fields=["customer"], name="orders_customer")],
                    },
                ),
                migrations.CreateModel(
                    name="Log",
                    fields=[
                        ("row", legacy.models.RowAddress(editable=False, primary_key=True, serialize=False)),
                        ("line", models.TextField(null=True)),
                    ],
                    options={"managed": False, "db_table": "logs"},
                ),
            ]
        ),
    ]
"""

MANAGE = """\
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
"""

SETTINGS = """\
import os
from urllib.parse import unquote, urlsplit

SECRET_KEY = "not a secret"
USE_TZ = True
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "legacy"]
url = urlsplit(os.environ["DATABASE_URL"])
if url.scheme == "sqlite":
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": url.path[1:]}}
else:
    query = dict(part.split("=", 1) for part in url.query.split("&") if part)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path[1:],
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or unquote(query.get("host", "")),
            "PORT": url.port or query.get("port", ""),
        }
    }
"""


@dataclass(frozen=True)
class LegacyProject:
    """A project on disk, and the database it speaks to."""

    root: Path
    dsn: str

    def onboard(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `onboard` in the project's folder."""
        return self.run("-m", "onboard", *arguments, **environment)

    def manage(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `manage.py`."""
        return self.run("manage.py", *arguments, **environment)

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run this Python with those arguments in the project's folder."""
        known = {**os.environ, "DATABASE_URL": self.dsn, "PYTHONWARNINGS": "ignore", **environment}
        known.pop("DJANGO_SETTINGS_MODULE", None)
        return subprocess.run(
            [sys.executable, *arguments], cwd=self.root, env=known, capture_output=True, text=True, timeout=120
        )

    def text(self, path: str) -> str:
        """Return the text of a file."""
        return (self.root / path).read_text()

    def write(self, path: str, text: str) -> None:
        """Write a file."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def query(self, sql: str) -> list[tuple[object, ...]]:
        """Run one statement on the database, committed, and return its rows."""
        if self.dsn.startswith("sqlite"):
            with closing(sqlite3.connect(self.dsn.removeprefix("sqlite:///"))) as file, file:
                return file.execute(sql).fetchall()
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def scan(self) -> None:
        """Record the structure of the database, as `onboard scan` does."""
        snapshot = read_snapshot(parse_dsn(self.dsn), Selection(views=True))
        self.write(".onboard/catalog.json", to_json(snapshot.catalog))


def sqlite_made(path: Path, statements: Sequence[str]) -> str:
    """Make a SQLite file and return its DSN."""
    with closing(sqlite3.connect(path)) as file, file:
        for statement in statements:
            file.execute(statement)
    return f"sqlite:///{path}"


def sqlite_file(path: Path) -> str:
    """Make the same database as a SQLite file and return its DSN."""
    return sqlite_made(path, SQLITE)


def generated_project(root: Path, dsn: str) -> LegacyProject:
    """Scan the database and generate a project over it with the app `legacy`, all by `onboard`."""
    root.mkdir()
    project = LegacyProject(root, dsn)
    for arguments in (("scan", dsn), ("generate", "--app", "legacy")):
        done = project.onboard(*arguments)
        assert done.returncode == 0, done.stderr
    return project


def legacy_project(root: Path, dsn: str, *, models: str = MODELS, initial: str = INITIAL) -> LegacyProject:
    """Write the project over a database that is there already."""
    project = LegacyProject(root, dsn)
    project.write("manage.py", MANAGE)
    project.write("shop/__init__.py", "")
    project.write("shop/settings.py", SETTINGS)
    project.write("legacy/__init__.py", "")
    project.write("legacy/models.py", models)
    project.write("legacy/migrations/__init__.py", "")
    project.write("legacy/migrations/0001_initial.py", initial)
    shutil.copy(HELPER, root / "legacy/migrations/_onboard.py")
    record = AppRecord("legacy")
    project.write(record.path, record_to_json(record))
    project.scan()
    return project
