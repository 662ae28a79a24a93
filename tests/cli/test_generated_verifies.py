"""What `generate` writes, `verify` finds true, whatever the types, defaults, keys and constraints."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.legacy_dbs import manage, onboard
from tests.passes import test_every_constraint, test_every_default, test_odd_names

pytestmark = pytest.mark.needs_postgresql  # Django itself refuses older servers

DEFAULTS = ", ".join(
    f"c{number} {type_} default {default}"
    for number, (type_, default) in enumerate((*test_every_default.VALUES, *test_every_default.EXPRESSIONS))
    if type_ != "xml"
)
NAMES = ", ".join('"{}" text'.format(name.replace('"', '""')) for name in test_odd_names.NAMES)
SCHEMA = (
    "create extension hstore",
    "create extension citext",
    "create extension pg_trgm",
    "create extension btree_gist",
    "create sequence counter",
    "create type mood as enum ('sad', 'so so')",
    "create domain stage as mood",
    "create domain email as varchar(80) check (value ~ '@')",
    "create domain amount as numeric(8,2)",
    "create domain year as integer",
    f"create table defaults (key integer primary key, {DEFAULTS})",
    "create table ident (id bigint generated always as identity primary key, "
    "n int generated always as identity, s serial, sm smallserial)",
    "create table gen (id int primary key, a int not null, b int generated always as (a * 2) stored, "
    "c text generated always as ('x' || a::text) stored)",
    f"create table odd (key integer primary key, {NAMES})",
    "create table arrays (id int primary key, a int[][], b text[], c mood[][])",
    "create table t (id integer primary key, a integer, b integer not null, name text, code varchar(9), doc jsonb, "
    "tags text[], span int4range, moment timestamp, seen timestamptz, day date)",
    *test_every_constraint.INDEXES,
    *(f"alter table t add {constraint}" for constraint in test_every_constraint.CONSTRAINTS),
    "create table parent (a int, b int, c text, primary key (a, b), unique (b, c))",
    "create table child (id int primary key, a int, b int, c text, foreign key (a, b) references parent, "
    "foreign key (b, c) references parent (b, c))",
    'create table coll (id int primary key, a text collate "C", b varchar(10) collate "C" not null unique)',
    "comment on column coll.a is 'it''s %s {}'",
    "comment on table coll is 'two\nlines'",
    "create table keyless (line text)",
)


def test_a_database_of_everything_verifies_clean_and_can_be_promoted(new_database: NewDatabase, tmp_path: Path) -> None:
    dsn = new_database(*SCHEMA)
    onboard(tmp_path, "scan", dsn)
    onboard(tmp_path, "generate", "--app", "legacy")
    manage(tmp_path, "check", "--fail-level", "WARNING", "--database", "default", dsn=dsn)
    done = onboard(tmp_path, "verify", dsn=dsn, code=None)
    assert done.returncode == 0, done.stdout
    manage(tmp_path, "migrate", dsn=dsn)
    done = onboard(tmp_path, "promote", "--all", dsn=dsn, code=3)  # the table without a key stays
    assert "keyless" in done.stderr
    manage(tmp_path, "migrate", dsn=dsn)
    done = onboard(tmp_path, "verify", dsn=dsn, code=None)
    assert done.returncode == 0, done.stdout
    said = manage(tmp_path, "makemigrations", "--check", "--dry-run", dsn=dsn)
    assert "No changes detected" in said.stdout
