"""Dsn + Catalog -> Ddl: `pg_dump --schema-only` of the relations that were scanned, and of everything else there is.

Source: the manual's page of pg_dump (13 to 18). It must not be older than the server.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from psycopg.conninfo import make_conninfo

from onboard.catalog.ddl import Ddl, DdlStatement
from onboard.catalog.dsn import Dsn
from onboard.catalog.engines.postgresql.connection import connected
from onboard.catalog.engines.postgresql.dump_statements import dump_statements
from onboard.catalog.structure import Catalog, TableName
from onboard.errors import NothingDone

_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/opt/postgresql*/bin",
)
# Owners and privileges are the server's that was scanned; the rest would name what a test server does not have.
_OPTIONS = (
    "--schema-only",
    "--no-owner",
    "--no-privileges",
    "--no-tablespaces",
    "--no-security-labels",
    "--no-publications",
    "--no-subscriptions",
    "--no-password",
    "--quote-all-identifiers",
    "--encoding=UTF8",
    "--lock-wait-timeout=10s",
)
# Relations of the owners, with the tables that they are part of, and whether a materialised view holds rows.
_RELATIONS = b"""
with recursive family as (
    select c.oid, c.oid as ancestor from pg_catalog.pg_class c where c.relkind in ('r', 'p', 'f', 'm')
    union
    select i.inhrelid, f.ancestor from family f join pg_catalog.pg_inherits i on i.inhparent = f.oid
)
select n.nspname::text, c.relname::text, c.relkind::text, c.relispopulated,
       array(select array[an.nspname::text, a.relname::text]
             from family f join pg_catalog.pg_class a on a.oid = f.ancestor
             join pg_catalog.pg_namespace an on an.oid = a.relnamespace where f.oid = c.oid order by 1)
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'f', 'm') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
order by 1, 2
"""


def read_ddl(dsn: Dsn, catalog: Catalog) -> Ddl:
    """Return the DDL of the scanned tables, and of all views, functions and triggers; NothingDone without pg_dump."""
    with connected(dsn) as connection:
        server = connection.info.server_version // 10_000
        relations = connection.execute(_RELATIONS).fetchall()
    scanned = {table.name for table in catalog.tables if table.is_readable}
    left_out = {one.name for one in catalog.left_out} | {one.name for one in catalog.tables if not one.is_readable}
    excluded, filled = [], []
    for schema, name, kind, is_populated, ancestors in relations:
        own = TableName(schema, name)
        family = {TableName(*one) for one in ancestors}
        if kind == "m":
            filled += [own] if is_populated else []
        elif kind == "f" or own in left_out or not family & scanned:
            excluded.append(own)
    program, version = _pg_dump(server)
    statements = dump_statements(_dumped(program, dsn, excluded))
    refreshed = tuple(
        DdlStatement(f"REFRESH MATERIALIZED VIEW {_pattern(one)}", f"the rows of view {one}", one) for one in filled
    )
    return Ddl("postgresql", f"pg_dump {version}", (*statements, *refreshed))


def _dumped(program: str, dsn: Dsn, excluded: list[TableName]) -> str:
    parameters = dict(dsn.parameters)
    secrets = {keyword: secret.value for keyword, secret in dsn.secrets}
    environment = {**os.environ, **({"PGPASSWORD": secrets["password"]} if "password" in secrets else {})}
    place = make_conninfo("", **parameters)  # without a password: others see the arguments of a process
    tables = [f"--exclude-table={_pattern(table)}" for table in excluded]
    command = [program, *_OPTIONS, *tables, f"--dbname={place}"]
    try:
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError as error:
        raise NothingDone(f"pg_dump cannot be run: {error.strerror}.", where=f"`{program}`") from None
    if done.returncode:
        said = " ".join(done.stderr.decode(errors="replace").split())
        for secret in secrets.values():
            said = said.replace(secret, "***") if secret else said
        raise NothingDone(f"pg_dump did not finish: {said}", where=f"`{dsn.describe()}`")
    return done.stdout.decode()


def _pattern(table: TableName) -> str:
    return ".".join('"' + part.replace('"', '""') + '"' for part in (table.schema, table.name))


def _pg_dump(server: int) -> tuple[str, int]:
    """Return the oldest pg_dump at hand that reads this server, the one on the path before others."""
    first = shutil.which("pg_dump")
    others = sorted(str(path) for folder in _FOLDERS for path in Path("/").glob(f"{folder[1:]}/pg_dump"))
    found = [(program, _version(program)) for program in (*((first,) if first else ()), *others)]
    fit = [one for one in found if one[1] >= server]
    if not fit:
        at_hand = ", ".join(f"{version} (`{program}`)" for program, version in found) or "none"
        raise NothingDone(
            f"The server is PostgreSQL {server}, and no pg_dump of that version or a newer one is at hand: {at_hand}.",
            remedy=f"Install the client programs of PostgreSQL {server} (`postgresql-client-{server}`).",
        )
    return fit[0] if fit[0][0] == first else min(fit, key=lambda one: one[1])


def _version(program: str) -> int:
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    number = re.search(r"(\d+)(?:\.|\b)", done.stdout)
    return int(number[1]) if number and not done.returncode else 0
