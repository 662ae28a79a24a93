"""What the server is and which schemas are asked for. Source: `server_version`, `current_schemas`, `pg_namespace`."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from onboard.catalog.engines.postgresql.server import Cursor
from onboard.catalog.snapshot import Selection
from onboard.errors import BadInput

# Asked before the search path is emptied, so it must use nothing but qualified names and operators.
_SESSION = b"""
select pg_catalog.current_setting('server_version_num')::pg_catalog.int4,
       pg_catalog.current_setting('server_version'),
       pg_catalog.current_schemas(false)::pg_catalog.text[],
       array(select nspname::pg_catalog.text from pg_catalog.pg_namespace),
       array(select n.nspname::pg_catalog.text from pg_catalog.pg_namespace n
              where exists (select from pg_catalog.pg_class c
                             where c.relnamespace operator(pg_catalog.=) n.oid
                               and c.relkind operator(pg_catalog.=) any ('{r,p,f}'::pg_catalog."char"[])
                               and not exists (select from pg_catalog.pg_depend d
                                                where d.classid operator(pg_catalog.=) 'pg_catalog.pg_class'::regclass
                                                  and d.objid operator(pg_catalog.=) c.oid
                                                  and d.deptype operator(pg_catalog.=) 'e'))),
       pg_catalog.current_setting('restrict_nonsystem_relation_kind', true)
"""

# From here on every definition comes with its names qualified, and nothing of the owners' can be called by accident.
# What a role or a database sets for itself must not show in the words of the definitions either.
_HARDEN = b"""
set local search_path = '';
set local timezone = 'UTC';
set local datestyle = 'ISO, MDY';
set local intervalstyle = 'postgres';
set local bytea_output = 'hex';
set local extra_float_digits = 1;
set local standard_conforming_strings = on;
set local quote_all_identifiers = off
"""
_REFUSE_VIEWS = b"set local restrict_nonsystem_relation_kind = 'view,foreign-table'"


@dataclass(frozen=True, slots=True)
class Session:
    """The server and the schemas that are scanned."""

    version_number: int  # 150018
    version: str  # "15.18"
    schemas: tuple[str, ...]
    passed_over: tuple[str, ...]  # schemas that hold tables too


def open_session(cursor: Cursor, selection: Selection) -> Session:
    """Return what is scanned, and make the transaction deaf to the search path; BadInput for an unknown schema."""
    row = cursor.execute(_SESSION).fetchone()
    assert row is not None  # a select without a table always gives one row
    number, version, path, existing, filled, restricts = row
    cursor.connection.execute(_HARDEN)
    if restricts is not None:
        cursor.connection.execute(_REFUSE_VIEWS)
    schemas = tuple(dict.fromkeys(selection.schemas or filter(_is_a_persons, path)))
    for schema in schemas:
        if schema not in existing:
            raise _unknown(schema, sorted(filter(_is_a_persons, existing)))
    passed_over = tuple(sorted(set(filter(_is_a_persons, filled)).difference(schemas)))
    return Session(number, version.partition(" ")[0], schemas, passed_over)


def _is_a_persons(schema: str) -> bool:
    return schema != "information_schema" and not schema.startswith("pg_")


def _unknown(schema: str, existing: list[str]) -> BadInput:
    near = get_close_matches(schema, existing) or existing[:10]
    listed = ", ".join(f"`{name}`" for name in near)
    return BadInput(f"There is no schema `{schema}`.", remedy=f"There is: {listed}." if listed else "")
