"""A database promoted, tightened, demoted and promoted again, while another connection writes to it all the time."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from tests.legacy_dbs import manage, onboard

_EVERY_S = 0.005
_OWN = "walk_writes"  # where the other connection inserts, one row a round
_TABLES = """
select n.nspname::text, c.relname::text,
       (select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and a.attgenerated = '' and a.attidentity <> 'a' order by a.attnum limit 1),
       exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal)
       or exists (select from pg_rewrite r where r.ev_class = c.oid)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^(pg_|information_schema)'
  and c.relname not in ('django_migrations', 'walk_writes') and c.relname !~ '^onboard_orphans'
order by 1, 2
"""
_HELD = (
    "select pid, relation from pg_locks l where locktype = 'relation' and granted and mode = 'AccessExclusiveLock'"
    " and database = (select oid from pg_database where datname = current_database())"
    " and exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace"
    " where c.oid = l.relation and c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and c.relname !~ '^(django|walk)_')"
)


@dataclass
class Traffic:
    """What the other connections did and saw."""

    written: int = 0
    refused: list[str] = field(default_factory=list)
    longest_lock_s: float = 0.0
    samples: int = 0


@dataclass(frozen=True, slots=True)
class Walked:
    """What came of it."""

    before: dict[str, list[str]]  # every row of every table, as text, sorted
    after: dict[str, list[str]]
    inserted: int  # rows of the writer's that are there at the end
    traffic: Traffic


def walk(work: Path, dsn: str, *options: str) -> Walked:
    """Go the whole way in the folder; `options` are those of `scan`."""
    work.mkdir(parents=True)
    _run(dsn, f"create table {_OWN} (id integer primary key, note text)")
    onboard(work, "scan", dsn, *options, "--exclude", _OWN, code=None)
    onboard(work, "generate", "--app", "legacy", code=None)
    manage(work, "migrate", dsn=dsn)
    before = rows(dsn)
    with _traffic(dsn) as traffic:
        for arguments in (
            ("promote", "--all", "--tighten", "--orphans", "keep"),
            ("demote", "--all"),
            ("promote", "--all"),
        ):
            done = onboard(work, *arguments, dsn=dsn, code=None)
            assert done.returncode in (0, 3), done.stderr
            manage(work, "migrate", dsn=dsn)
            manage(work, "makemigrations", "--check", "--dry-run", dsn=dsn)
    found = _run(dsn, f"select count(*) from {_OWN}")
    return Walked(before, rows(dsn), int(str(found[0][0])), traffic)


def rows(dsn: str) -> dict[str, list[str]]:
    """Return every row of every table that was there first."""
    if dsn.startswith("sqlite"):
        query = (
            "select name from sqlite_master where type = 'table'"
            " and name not like 'sqlite%' and name not like 'django%' and name <> 'walk_writes'"
        )
        names = [str(name) for (name,) in _run(dsn, query)]
        quoted = {name: '"' + name.replace('"', '""') + '"' for name in names}
        return {name: sorted(map(repr, _run(dsn, f"select * from {quoted[name]}"))) for name in names}
    found = {}
    with psycopg.connect(dsn) as connection:
        for schema, name, *_ in connection.execute(_TABLES.encode()).fetchall():
            every = sql.SQL("select t::text from {} t order by 1").format(sql.Identifier(schema, name))
            found[f"{schema}.{name}"] = [row[0] for row in connection.execute(every)]
    return found


@contextmanager
def _traffic(dsn: str) -> Iterator[Traffic]:
    traffic, stop = Traffic(), threading.Event()
    work = [_write_sqlite] if dsn.startswith("sqlite") else [_write, _sample]
    threads = [threading.Thread(target=one, args=(dsn, traffic, stop)) for one in work]
    for thread in threads:
        thread.start()
    try:
        yield traffic
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _write(dsn: str, traffic: Traffic, stop: threading.Event) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        tables = [one for one in connection.execute(_TABLES.encode()).fetchall() if one[2] and not one[3]]
        statements = [
            sql.SQL("update {0} set {1} = {1} where ctid = (select ctid from {0} limit 1)").format(
                sql.Identifier(schema, name), sql.Identifier(column)
            )
            for schema, name, column, _ in tables
        ]
        while not stop.is_set():
            for statement in statements:
                try:
                    connection.execute(statement)
                except psycopg.Error as error:
                    traffic.refused.append(f"{statement.as_string(connection)}: {error}")
                if stop.is_set():
                    break
            connection.execute(f"insert into {_OWN} values ({traffic.written + 1}, 'x')".encode())
            traffic.written += 1
            time.sleep(0.01)


def _write_sqlite(dsn: str, traffic: Traffic, stop: threading.Event) -> None:
    with closing(sqlite3.connect(dsn.removeprefix("sqlite:///"), timeout=30, isolation_level=None)) as file:
        while not stop.is_set():
            with suppress(sqlite3.OperationalError):  # the file is locked
                file.execute(f"insert into {_OWN} values ({traffic.written + 1}, 'x')")
                traffic.written += 1
            time.sleep(0.02)


def _sample(dsn: str, traffic: Traffic, stop: threading.Event) -> None:
    since: dict[tuple[object, ...], float] = {}
    with psycopg.connect(dsn, autocommit=True) as connection:
        while not stop.is_set():
            held = set(connection.execute(_HELD.encode()).fetchall())
            now = time.monotonic()
            since = {lock: since.get(lock, now) for lock in held}
            traffic.longest_lock_s = max([traffic.longest_lock_s, *(now - start for start in since.values())])
            traffic.samples += 1
            time.sleep(_EVERY_S)


def _run(dsn: str, statement: str) -> list[tuple[object, ...]]:
    if dsn.startswith("sqlite"):
        with closing(sqlite3.connect(dsn.removeprefix("sqlite:///"), timeout=30)) as file, file:
            return file.execute(statement).fetchall()
    with psycopg.connect(dsn, autocommit=True) as connection:
        done = connection.execute(statement.encode())
        return done.fetchall() if done.description else []
