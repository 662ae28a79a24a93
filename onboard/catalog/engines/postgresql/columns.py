"""The columns of the scanned relations. Source: `pg_attribute`, `pg_attrdef`, `pg_collation`, `pg_description`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onboard.catalog.engines.postgresql.server import Server

_COLUMNS = b"""
select a.attrelid, a.attnum, a.attname::text, a.atttypid, a.atttypmod, a.attndims, a.attnotnull,
       a.attidentity::text, a.attgenerated::text, a.attcollation,
       case when l.oid is not null then
         case when l.collnamespace = 'pg_catalog'::regnamespace then pg_catalog.quote_ident(l.collname)
              else pg_catalog.quote_ident(ln.nspname) || '.' || pg_catalog.quote_ident(l.collname) end end,
       f.oid, pg_catalog.pg_get_expr(f.adbin, f.adrelid), d.description
  from pg_catalog.unnest(%s::oid[]) as s(oid)
  join pg_catalog.pg_attribute a on a.attrelid = s.oid and a.attnum > 0 and not a.attisdropped
  left join pg_catalog.pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum and a.atthasdef
  left join pg_catalog.pg_type t on t.oid = a.atttypid and a.attcollation <> t.typcollation
  left join pg_catalog.pg_collation l on l.oid = a.attcollation and t.oid is not null
  left join pg_catalog.pg_namespace ln on ln.oid = l.collnamespace
  left join pg_catalog.pg_description d
    on d.objoid = a.attrelid and d.classoid = 'pg_catalog.pg_class'::regclass and d.objsubid = a.attnum
 order by a.attrelid, a.attnum
"""


@dataclass(slots=True)
class RawColumn:
    """One column as the catalogue has it, types and sequences still by number."""

    name: str
    type_oid: int
    modifier: int
    dimensions: int  # as declared for an array; 0 for a domain over one
    is_not_null: bool
    identity: str
    generated: str
    collation_oid: int
    collation: str | None
    default_oid: int | None
    expression: str | None
    comment: str | None


RawColumns = Mapping[int, Mapping[int, RawColumn]]  # relation -> attribute number -> column, in table order


def read_columns(server: Server, relations: list[int]) -> RawColumns:
    """Return the columns of the relations, dropped ones left out."""
    found: dict[int, dict[int, RawColumn]] = {oid: {} for oid in relations}
    for row in server.ask(_COLUMNS, (relations,)):
        found[row[0]][row[1]] = RawColumn(*row[2:])
    return found
