"""Odd but ordinary databases go the whole way."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.history.projects import Zygote
from tests.hostile.walk import Walk, walk

_ODD = (
    "create schema sales",
    'create schema "Odd Schema"',
    "create table nothing ()",
    "create table one (id integer primary key)",
    "create table legacy (id integer primary key, legacy integer)",
    "create table models (id integer primary key, models text)",
    "create table sales.orders (id integer primary key)",
    "create table public.orders (id integer primary key, other integer references sales.orders)",
    'create table "Odd Schema"."Odd Table" ("Odd Id" bigint generated always as identity primary key, '
    '"Doubled" bigint generated always as (2 * 3) stored, order_id integer references public.orders)',
    "create table parent (a integer, b integer, code text unique, primary key (a, b))",
    "create table child (a integer, b integer, n integer, primary key (a, b, n), foreign key (a, b) references parent)",
    "create table grandchild (a integer, b integer, n integer, primary key (a, b, n), "
    "foreign key (a, b, n) references child, foreign key (a, b) references parent)",
    "create table by_code (id serial primary key, code text references parent (code))",
    "create table doubly (id serial primary key, one_id integer references one references legacy)",
    "create table tree (a integer, b integer, up_a integer, up_b integer, primary key (a, b), "
    "foreign key (up_a, up_b) references tree)",
    "create table ring_a (id integer primary key, b_id integer)",
    "create table ring_b (id integer primary key, a_id integer references ring_a)",
    "alter table ring_a add foreign key (b_id) references ring_b deferrable initially deferred",
    "create table measured (id integer, at date, primary key (id, at)) partition by range (at)",
    "create table measured_2024 partition of measured for values from ('2024-01-01') to ('2025-01-01')",
    "create table about_measured (id integer primary key, m integer, at date, foreign key (m, at) references measured)",
    "create table animal (id integer primary key, name text)",
    "create table cat (lives integer) inherits (animal)",
    "create unlogged table quick (id integer primary key)",
    "create type mood as enum ('sad', 'it''s \"ok\"')",
    "create domain moods as mood[] check (cardinality(value) < 9)",
    "create table moody (id integer primary key, moods moods default '{sad}')",
    "create table keyless (a integer, b text)",
    "create table all_null (a integer unique, b text)",
    "create table self_one (id integer primary key references self_one)",
    "create table lower_case (id integer primary key)",
    'create table "Lower_Case" (id integer primary key, "ID" integer, "Id" integer)',
    "insert into one values (1)",
    "insert into legacy values (1, 1)",
    "insert into sales.orders values (1)",
    "insert into public.orders values (1, 1)",
    'insert into "Odd Schema"."Odd Table" (order_id) values (1)',
    "insert into parent values (1, 2, 'x')",
    "insert into child values (1, 2, 3)",
    "insert into grandchild values (1, 2, 3)",
    "insert into doubly (one_id) values (1)",
    "insert into tree values (1, 1, 1, 1)",
    "insert into measured values (1, '2024-05-05')",
    "insert into about_measured values (1, 1, '2024-05-05')",
    "insert into moody values (1, default)",
    "insert into keyless values (1, 'a')",
    "insert into self_one values (1)",
)
_HALF_DJANGO = (
    "create table django_migrations (id serial primary key, app varchar(255) not null, name varchar(255) not null, "
    "applied timestamptz not null)",
    "insert into django_migrations (app, name, applied) values ('auth', '0001_initial', now())",
    "create table django_content_type (id serial primary key, app_label varchar(100) not null, model varchar(100) "
    "not null, unique (app_label, model))",
    "create table auth_user (id serial primary key, username varchar(150) unique not null)",
    "create table shop_order (id serial primary key, user_id integer references auth_user)",
    "insert into auth_user (username) values ('ann')",
    "insert into shop_order (user_id) values (1)",
)
_SQLITE = """
create table plain (id integer primary key, a, b any, c "my type", d date, e datetime, f decimal(10,2));
insert into plain values (1, 'x', 2, x'00', 20240101, 1700000000, 1.5), (2, null, null, null, '2024-01-01', null, 2);
create table auto (id integer primary key autoincrement, name text default 'it''s' collate nocase);
insert into auto (name) values ('a'), ('B');
create table without (a text, b int, c text, primary key (a, b)) without rowid;
insert into without values ('x', 1, 'y');
create table strict_one (id integer primary key, x any, y real) strict;
create table made (id integer primary key, w int, twice int generated always as (w * 2) stored, thrice int as (w * 3));
insert into made (id, w) values (1, 2);
create table "select" ("order" integer primary key, "group" int references auto(id), "a b%c""d" text);
insert into "select" values (1, null, 'z');
create table keyless (a int, b int);
insert into keyless values (1, 2);
create table "123" (id integer primary key, up integer references "123"(id));
create table loose (id integer primary key, gone_id integer references not_there(id));
create view both as select id, name from auto;
create virtual table notes using fts5(title, body);
insert into notes values ('t', 'b');
create index "odd index" on plain (a desc) where a is not null;
"""


@pytest.mark.needs_postgresql
def test_odd_postgresql(new_database: NewDatabase, zygote: Zygote, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    schemas = ("--schema", "public", "--schema", "sales", "--schema", "Odd Schema")
    found = walk(zygote, folder, new_database(*_ODD), new_database(), *schemas, inserts=False)
    assert len(found.tables) == 26  # `cat`, too, which inherits from `animal`


@pytest.mark.needs_postgresql
@pytest.mark.parametrize("statements", [(), ("create table lonely (id integer)",)])
def test_next_to_nothing(
    statements: tuple[str, ...], new_database: NewDatabase, zygote: Zygote, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    walk(zygote, folder, new_database(*statements), new_database())


@pytest.mark.needs_postgresql
def test_a_database_that_was_half_djangos_already(new_database: NewDatabase, zygote: Zygote, tmp_path: Path) -> None:
    one = Walk(tmp_path, zygote)
    dsn = new_database(*_HALF_DJANGO)
    one.onboard("scan", dsn)
    one.onboard("generate", "--app", "legacy", codes=(0, 3))
    one.python('call_command("check", fail_level="WARNING")\ncall_command("migrate", verbosity=0)', dsn)
    one.onboard("scan", dsn, "--check")
    one.onboard("promote", "--all", dsn=dsn, codes=(0, 3))
    one.python('call_command("migrate", verbosity=0)', dsn)
    one.onboard("scan", dsn, "--check")


def test_a_table_of_1600_columns(new_database: NewDatabase, zygote: Zygote, tmp_path: Path) -> None:
    columns = ", ".join(f'"Column No. {number}" integer' for number in range(1, 1600))
    one = Walk(tmp_path, zygote)
    dsn = new_database(f"create table wide (id integer primary key, {columns})")
    one.onboard("scan", dsn)
    one.onboard("generate", "--app", "legacy")
    assert len(one.catalog().tables[0].columns) == 1600


def test_a_search_path_that_hides_a_table_of_the_same_name(
    new_database: NewDatabase, zygote: Zygote, tmp_path: Path
) -> None:
    dsn = new_database(
        "create schema a",
        "create schema b",
        "create table a.t (id integer primary key)",
        "create table b.t (id integer primary key, only_b integer)",
    )
    one = Walk(tmp_path, zygote)
    one.onboard("scan", f"{dsn}{'&' if '?' in dsn else '?'}options=-c%20search_path%3Db,a")
    assert [str(table.name) for table in one.catalog().tables] == ["a.t", "b.t"]
    one.onboard("generate", "--app", "legacy")
    text = (tmp_path / "legacy/models.py").read_text()
    assert '"a"."t"' in text
    assert '"b"."t"' in text


def test_odd_sqlite(zygote: Zygote, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    place = tmp_path / "with space 100% é.db"
    with closing(sqlite3.connect(place)) as connection:
        connection.executescript(_SQLITE)
    dsn = f"sqlite:///{str(place).replace('%', '%25').replace(' ', '%20')}"
    found = walk(zygote, folder, dsn, f"sqlite:///{tmp_path / 'fresh.db'}", inserts=False)
    assert len(found.tables) == 9
