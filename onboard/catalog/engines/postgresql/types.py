"""The types that columns use, and all that these stand on. Source: `pg_type`, `pg_enum`, `pg_range`, `format_type`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onboard.catalog.engines.postgresql.connection import Cursor
from onboard.catalog.engines.postgresql.modifiers import modifier_facts
from onboard.catalog.structure import ColumnType, TypeKind

# A type is read together with its modifier: `format_type` then runs once for each pair, not once a column.
_TYPES = b"""
with recursive used (oid, modifier) as (
    select p.oid, p.modifier
      from rows from (pg_catalog.unnest(%s::oid[]), pg_catalog.unnest(%s::int4[])) as p(oid, modifier)
  union
    select n.oid, n.modifier
      from used u
      join pg_catalog.pg_type t on t.oid = u.oid
      cross join lateral (
          select t.typbasetype, t.typtypmod where t.typtype = 'd'
        union all
          select t.typelem, u.modifier where t.typelem <> 0 and t.typlen = -1
        union all
          select r.rngsubtype, -1 from pg_catalog.pg_range r
           where t.typtype in ('r', 'm') and t.oid in (r.rngtypid, {multirange_of})
        union all
          select r.rngtypid, -1 from pg_catalog.pg_range r where t.typtype = 'm' and t.oid = {multirange_of}
        union all
          select a.atttypid, a.atttypmod from pg_catalog.pg_attribute a
           where t.typtype = 'c' and a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
      ) as n(oid, modifier)
)
select t.oid, u.modifier, n.nspname::text, t.typname::text, pg_catalog.format_type(t.oid, u.modifier),
       t.typtype::text, case when e.typarray = t.oid then t.typelem else 0::oid end,
       t.typbasetype, t.typtypmod, t.typnotnull
  from used u
  join pg_catalog.pg_type t on t.oid = u.oid
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  left join pg_catalog.pg_type e on e.oid = t.typelem
 order by t.oid, u.modifier
"""

_KINDS = {
    "b": TypeKind.BASE,
    "e": TypeKind.ENUM,
    "d": TypeKind.DOMAIN,
    "c": TypeKind.COMPOSITE,
    "r": TypeKind.RANGE,
    "m": TypeKind.MULTIRANGE,
    "p": TypeKind.PSEUDO,
}

TypeKey = tuple[int, int]  # type, modifier


@dataclass(frozen=True, slots=True)
class Types:
    """The column types by (type, modifier)."""

    by_key: Mapping[TypeKey, ColumnType]


def read_types(cursor: Cursor, statement: bytes, used: Iterable[TypeKey]) -> Types:
    """Return every type in use and what it stands on."""
    pairs = sorted(set(used))
    rows = {
        (row[0], row[1]): row
        for row in cursor.execute(statement, ([oid for oid, _ in pairs], [modifier for _, modifier in pairs]))
    }
    made: dict[TypeKey, ColumnType] = {}

    def make(key: TypeKey) -> ColumnType:
        if key not in made:
            made[key] = build(key)
        return made[key]

    def build(key: TypeKey) -> ColumnType:
        modifier, schema, name, sql, letter, element, base, base_modifier, is_not_null = rows[key][1:]
        facts = modifier_facts(schema, name, modifier)
        return ColumnType(
            schema=schema,
            name=name,
            sql=sql,
            kind=TypeKind.ARRAY if element else _KINDS[letter],
            max_length=facts.max_length,
            precision=facts.precision,
            scale=facts.scale,
            fields=facts.fields,
            element=make((element, modifier)) if element else None,
            base=make((base, base_modifier)) if letter == "d" else None,
            is_not_null=is_not_null,
        )

    return Types({key: make(key) for key in rows})
