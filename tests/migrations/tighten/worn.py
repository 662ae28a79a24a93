"""A worn database: keys never declared, a foreign key never validated, an index cut off, a sequence without owner."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psycopg

from onboard.catalog.dsn import parse_dsn
from onboard.catalog.read import read_snapshot
from onboard.catalog.snapshot import Selection
from onboard.catalog.structure import Catalog
from tests.verify.legacy_project import LegacyProject

STATEMENTS = (
    "create sequence item_numbers start 1000",
    "create table customer (id integer, name varchar(60) not null)",
    "create table item (id integer primary key default nextval('item_numbers'), label varchar(30) not null)",
    "create table purchase (id integer primary key, customer_id integer, item_id integer not null,"
    " note varchar(90), priority integer)",
    "alter table purchase add constraint purchase_item foreign key (item_id) references item not valid",
)
ROWS = (
    "insert into customer select n, 'Customer ' || n from generate_series(1, {customers}) n",
    "insert into item (id, label) select n, 'Item ' || n from generate_series(1, 40) n",
    "insert into purchase select n, 1 + n % {customers}, 1 + n % 40, 'Note ' || n, n % 3"
    " from generate_series(1, {purchases}) n",
    "update purchase set customer_id = null where id % 10 = 0",
)
ORPHANS = "update purchase set customer_id = 900000 + id where id % 7 = 3"
TOML = """
[[primary_key]]
table = "public.customer"
columns = ["id"]
use = true

[[foreign_key]]
from = "public.purchase(customer_id)"
to = "public.customer(id)"
use = true
"""


def fill(dsn: str, *, customers: int = 50, purchases: int = 3000, orphans: bool = False) -> None:
    """Make the tables and their rows."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        for statement in (*STATEMENTS, *ROWS):
            connection.execute(statement.format(customers=customers, purchases=purchases).encode())
        if orphans:
            connection.execute(ORPHANS.encode())
        # The index that a duplicate cut off, long ago.
        connection.execute(b"insert into item values (999, 'Item 1')")
        with suppress(psycopg.errors.UniqueViolation):
            connection.execute(b"create unique index concurrently item_label_once on item (label)")
        connection.execute(b"delete from item where id = 999")
        connection.execute(b"analyze")


def project_over(dsn: str, root: Path) -> LegacyProject:
    """Scan the database and generate its project, with the keys accepted."""
    root.mkdir(parents=True)
    project = LegacyProject(root, dsn)
    project.write("onboard.toml", TOML)
    for arguments in (("scan", dsn), ("generate", "--app", "legacy")):
        done = project.onboard(*arguments)
        assert done.returncode == 0, done.stderr
    return project


def copy_of(project: LegacyProject, root: Path, dsn: str) -> LegacyProject:
    """Return the same project over another database."""
    shutil.copytree(project.root, root)
    return LegacyProject(root, dsn)


def done(run: Callable[..., object], *arguments: str) -> str:
    """Run a command that must succeed; returns what it printed."""
    ran = run(*arguments)
    assert ran.returncode == 0, f"{str(arguments)[:200]}: {ran.stdout}\n{ran.stderr}"  # type: ignore[attr-defined]  # a CompletedProcess
    return str(ran.stdout)  # type: ignore[attr-defined]  # as above


def structure(dsn: str) -> Catalog:
    """Return the structure of everything but Django's record."""
    catalog = read_snapshot(parse_dsn(dsn), Selection(exclude=("django_*",))).catalog
    return replace(catalog, sequences=tuple(one for one in catalog.sequences if "django" not in one.name.name))


def rows(dsn: str, *tables: str) -> dict[str, list[str]]:
    """Return every row of the tables as text, sorted."""
    found = {}
    with psycopg.connect(dsn) as connection:
        for table in tables or ("customer", "item", "purchase"):
            query = f"select t::text from {table} t order by 1"
            found[table] = [row[0] for row in connection.execute(query.encode())]
    return found
