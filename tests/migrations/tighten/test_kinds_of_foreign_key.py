"""Foreign keys of several columns, between whole numbers of two widths, and of partitioned tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.migrations.tighten.worn import done, rows
from tests.verify.legacy_project import LegacyProject, sqlite_made

MADE = (
    "create table shop (region integer, number integer, name varchar(9), primary key (region, number))",
    "create table sale (id integer primary key, shop_region integer, shop_number smallint, note varchar(9))",
    "insert into shop values (1, 1, 'a'), (1, 2, 'b'), (2, 1, 'c')",
    "insert into sale values (1, 1, 1, 'x'), (2, 1, 2, 'y'), (3, null, 7, 'z'), (4, 2, 1, 'w')",
)
COMPOSITE = """
[[foreign_key]]
from = "{schema}.sale(shop_region, shop_number)"
to = "{schema}.shop(region, number)"
use = true
"""
PARTITIONED = (
    "create table account (id numeric primary key)",
    "create table booking (id integer, day date, account_id bigint, primary key (id, day)) partition by range (day)",
    "create table booking_old partition of booking for values from ('2020-01-01') to ('2024-01-01')"
    " partition by hash (id)",
    "create table booking_old_0 partition of booking_old for values with (modulus 2, remainder 0)",
    "create table booking_old_1 partition of booking_old for values with (modulus 2, remainder 1)",
    "create table booking_new partition of booking for values from ('2024-01-01') to ('2025-01-01')",
    "insert into account select n from generate_series(1, 9) n",
    "insert into booking select n, date '2022-01-01' + n, 1 + n % 9 from generate_series(1, 900) n",
)
TO_ACCOUNT = """
[[foreign_key]]
from = "public.booking(account_id)"
to = "public.account(id)"
use = true
"""


def _project(tmp_path: Path, dsn: str, toml: str) -> LegacyProject:
    (tmp_path / "project").mkdir()
    project = LegacyProject(tmp_path / "project", dsn)
    project.write("onboard.toml", toml)
    done(project.onboard, "scan", dsn)
    done(project.onboard, "generate", "--app", "legacy")
    return project


def test_several_columns(new_database: NewDatabase, tmp_path: Path) -> None:
    project = _project(tmp_path, new_database(*MADE), COMPOSITE.format(schema="public"))
    content = rows(project.dsn, "shop", "sale")
    project.query("insert into sale values (9, 9, 9, 'orphan')")
    refused = project.onboard("promote", "--all", "--tighten")
    assert "1 orphans" in refused.stderr
    project.query("delete from sale where id = 9")
    project = _fresh(project)
    done(project.onboard, "promote", "--all", "--tighten")
    done(project.manage, "migrate", "legacy")
    keys = "select array_length(conkey, 1), convalidated from pg_constraint where contype = 'f'"
    assert project.query(keys) == [(2, True)]
    done(project.manage, "makemigrations", "--check", "--dry-run")
    done(project.onboard, "verify")
    assert rows(project.dsn, "shop", "sale") == content
    done(project.manage, "migrate", "legacy", "0001")
    assert project.query(keys) == []


def _fresh(project: LegacyProject) -> LegacyProject:
    """Take back what a run wrote that left something out."""
    done(project.onboard, "demote", "--all")
    done(project.manage, "migrate", "legacy")
    return project


def test_several_columns_on_sqlite(tmp_path: Path) -> None:
    project = _project(tmp_path, sqlite_made(tmp_path / "shop.db", MADE), COMPOSITE.format(schema="main"))
    content = project.query("select * from sale order by 1")
    done(project.onboard, "promote", "--all", "--tighten")
    done(project.manage, "migrate", "legacy")
    assert len(project.query("pragma foreign_key_list(sale)")) == 2
    done(project.onboard, "verify")
    assert project.query("select * from sale order by 1") == content
    done(project.manage, "migrate", "legacy", "0001")
    assert project.query("pragma foreign_key_list(sale)") == []


@pytest.mark.needs_postgresql
def test_partition_by_partition(new_database: NewDatabase, tmp_path: Path) -> None:
    project = _project(tmp_path, new_database(*PARTITIONED), TO_ACCOUNT)
    content = project.query("select * from booking order by 1")
    # One partition has got its key in a run that was cut off.
    promoted = project.onboard("promote", "--all", "--tighten")
    assert promoted.returncode == 3
    assert "no index can be built while others write" in promoted.stderr
    project.query(
        "alter table booking_new add constraint booking_account_id_fkey foreign key (account_id) references account"
        " deferrable initially deferred not valid"
    )
    done(project.manage, "migrate", "legacy")
    keys = "select conrelid::regclass::text, convalidated from pg_constraint where contype = 'f' order by 1"
    names = ["booking", "booking_new", "booking_old", "booking_old_0", "booking_old_1"]
    assert project.query(keys) == [(name, True) for name in names]
    done(project.manage, "makemigrations", "--check", "--dry-run")
    done(project.onboard, "verify")
    assert project.query("select * from booking order by 1") == content
    done(project.manage, "migrate", "legacy", "0001")
    assert project.query(keys) == []
