"""A scan leaves a database as it was, runs nothing of its owners', and never asks rows of what is not a plain table."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest

from onboard.catalog.canonical import from_json
from tests.conftest import NewDatabase
from tests.hostile.proxy import proxy
from tests.legacy_dbs import onboard

_TABLES = (
    "create table customers (id integer primary key, name varchar(30), kind smallint)",
    "create table orders (id bigint primary key, customer_id integer, kind smallint, name varchar(30))",
    "insert into customers select i, 'n' || i, i % 3 from generate_series(1, 300) i",
    "insert into orders select i, i % 300 + 1, i % 3, 'n' || i from generate_series(1, 900) i",
    "analyze",
)
_HIJACKS = (
    # An exact match in `public` wins over the server's own function of any type, wherever the path leads first.
    "create table called (what text)",
    "create function step_in(state bigint, value integer) returns bigint language plpgsql as "
    "$$ begin raise exception 'hijacked'; end $$",
    "create function step_small(state bigint, value smallint) returns bigint language plpgsql as "
    "$$ begin raise exception 'hijacked'; end $$",
    "create function step_big(state bigint, value bigint) returns bigint language plpgsql as "
    "$$ begin raise exception 'hijacked'; end $$",
    "create function step_text(state bigint, value varchar) returns bigint language plpgsql as "
    "$$ begin raise exception 'hijacked'; end $$",
    "create aggregate public.count(integer) (sfunc = step_in, stype = bigint, initcond = '0')",
    "create aggregate public.count(smallint) (sfunc = step_small, stype = bigint, initcond = '0')",
    "create aggregate public.count(bigint) (sfunc = step_big, stype = bigint, initcond = '0')",
    "create aggregate public.count(varchar) (sfunc = step_text, stype = bigint, initcond = '0')",
    "create function evil_equal(varchar, varchar) returns boolean language plpgsql as "
    "$$ begin raise exception 'hijacked'; end $$",
    "create operator public.= (leftarg = varchar, rightarg = varchar, procedure = evil_equal)",
)


def _state(dsn: str) -> list[object]:
    """What a write would change: rows, and the counters of tables and sequences."""
    with psycopg.connect(dsn, autocommit=True) as server:
        rows = server.execute("select sum(hashtext(o::text)), count(*) from orders o").fetchone()
        written = server.execute(
            "select relname::text, n_tup_ins, n_tup_upd, n_tup_del from pg_stat_user_tables order by 1"
        ).fetchall()
        sequences = server.execute("select sequencename::text, last_value from pg_sequences order by 1").fetchall()
        files = server.execute(
            "select relname::text, relfilenode from pg_class where relnamespace = 'public'::regnamespace order by 1"
        ).fetchall()
        return [rows, written, sequences, files]


def test_leaves_everything_as_it_was(new_database: NewDatabase, tmp_path: Path) -> None:
    dsn = new_database(*_TABLES, "create sequence apart")
    before = _state(dsn)
    onboard(tmp_path, "scan", dsn)
    assert _state(dsn) == before


def test_calls_no_function_and_no_operator_that_hides_the_servers_own(
    new_database: NewDatabase, tmp_path: Path
) -> None:
    plain, hijacked = tmp_path / "plain", tmp_path / "hijacked"
    plain.mkdir()
    hijacked.mkdir()
    onboard(plain, "scan", new_database(*_TABLES))
    done = onboard(hijacked, "scan", new_database(*_TABLES, *_HIJACKS), "--exclude", "called", code=None)
    assert done.returncode == 0, done.stderr
    evidence = [(folder / ".onboard/evidence.json").read_text() for folder in (plain, hijacked)]
    assert evidence[0] == evidence[1]


def test_asks_rows_of_plain_tables_alone(new_database: NewDatabase, tmp_path: Path) -> None:
    dsn = new_database(
        *_TABLES,
        "create function spring() returns integer language plpgsql as $$ begin raise exception 'sprung'; end $$",
        "create view order_view as select spring() as order_id, id from customers",
        "create materialized view order_sums as select id as order_id, 1 as customer_id from customers",
        "create table guarded (id integer, customer_id integer)",
        "insert into guarded values (1, 1)",
        "alter table guarded enable row level security",
        "create policy spring on guarded using (spring() = 1)",
        "create foreign data wrapper nothing",
        "create server nowhere foreign data wrapper nothing",
        "create foreign table far (id integer, customer_id integer) server nowhere",
    )
    with proxy(dsn) as line:
        onboard(tmp_path, "scan", line.dsn, "--views", code=None)
    asked = [text for text in line.statements if _is_about_rows(text)]
    assert any('"orders"' in text for text in asked)
    for name in ("order_view", "order_sums", "guarded", "far"):
        assert not any(f'"{name}"' in text for text in asked), name


def _is_about_rows(statement: str) -> bool:
    return bool(re.search(r'from "|join "', statement))


_ALLOWED = (
    r"begin transaction isolation level repeatable read read only;( set local \w+ = [\w']+;?)+",
    r"(set local \w+ = ('[\w, -]*'|\w+)(; )?)+",
    r"set (session )?\w+ = '?[\w]*'?",
    r"select set_config\(\$1, \$2, false\)",
    r"select pg_catalog\.set_config\('\w+', .*",
    r"select set_config\('statement_timeout', .*",
    r"select .*",
    r"with .* select .*",
    r"\(select .*",
    r"rollback",
)
_NEVER = r"\b(insert|update|delete|truncate|drop|alter|create|grant|copy|call|do|lock|vacuum|analyze|nextval|setval)\b"


def test_every_statement_is_of_a_known_shape(new_database: NewDatabase, tmp_path: Path) -> None:
    with proxy(new_database(*_TABLES)) as line:
        onboard(tmp_path, "scan", line.dsn)
    assert len(line.statements) > 10
    for statement in line.statements:
        said = " ".join(re.sub(r"--[^\n]*", "", statement).split())
        assert any(re.fullmatch(shape, said, re.DOTALL) for shape in _ALLOWED), said
        assert not re.search(_NEVER, re.sub(r"'[^']*'|\"[^\"]*\"", "''", said)), said


@pytest.mark.parametrize("rights", ["connect", "select"])
def test_a_role_without_rights_is_told_what_was_not_read(
    rights: str, new_database: NewDatabase, tmp_path: Path, server_dsn: str
) -> None:
    dsn = new_database(*_TABLES)
    role = f"onboard_reader_{tmp_path.name[-20:]}"
    with psycopg.connect(dsn, autocommit=True) as server:
        server.execute(f'drop role if exists "{role}"'.encode())
        server.execute(f'create role "{role}" login'.encode())
        if rights == "select":
            server.execute(f'grant select on orders to "{role}"'.encode())
    try:
        reader = dsn + ("&" if "?" in dsn else "?") + f"options=-c%20role%3D{role}"
        before = _state(dsn)
        done = onboard(tmp_path, "scan", reader, code=3)
        assert "  public.customers: not allowed to read it" in done.stderr
        assert ("  public.orders: not" in done.stderr) is (rights == "connect")
        assert _state(dsn) == before
    finally:
        with psycopg.connect(dsn, autocommit=True) as server:
            server.execute(f'drop owned by "{role}"'.encode())
            server.execute(f'drop role "{role}"'.encode())


def test_a_locked_table_is_named_and_the_rest_is_complete(new_database: NewDatabase, tmp_path: Path) -> None:
    dsn = new_database(*_TABLES)
    with psycopg.connect(dsn) as other:
        other.execute("lock table customers in access exclusive mode")
        done = onboard(tmp_path, "scan", dsn, code=None)
    assert done.returncode == 3, done.stderr
    assert "public.customers: another session holds it locked" in done.stderr
    found = from_json((tmp_path / ".onboard/catalog.json").read_text())
    assert [table.name.name for table in found.tables] == ["orders"]


@pytest.mark.parametrize("share", [0.0, 0.2, 0.4, 0.6, 0.8, 0.95])
def test_a_lost_connection_writes_no_file_and_is_no_success(
    share: float, new_database: NewDatabase, tmp_path: Path
) -> None:
    dsn = new_database(*_TABLES)
    whole = tmp_path / "whole"
    whole.mkdir()
    with proxy(dsn) as line:
        onboard(whole, "scan", line.dsn)
    cut_at = int(share * len(line.statements)) + 1
    with proxy(dsn, cut_at=cut_at) as line:
        done = onboard(tmp_path, "scan", line.dsn, "-C", str(tmp_path), code=None)
    if len(line.statements) < cut_at:  # two connections share the questions as they come: one may have asked fewer
        cut_at = len(line.statements)
        with proxy(dsn, cut_at=cut_at) as line:
            done = onboard(tmp_path, "scan", line.dsn, "-C", str(tmp_path), code=None)
    assert done.returncode in (3, 4), f"{line.statements[cut_at - 1]}: {done.returncode}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    written = (tmp_path / ".onboard/catalog.json").exists()
    assert written is (done.returncode == 3)
