"""The types that columns use, and all that these stand on. Source: `pg_type`, `pg_enum`, `pg_range`, `format_type`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onboard.catalog.engines.postgresql.modifiers import modifier_facts
from onboard.catalog.engines.postgresql.server import Server
from onboard.catalog.structure import Check, ColumnType, TableName, TypeKind, UserType

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
       t.typbasetype, t.typtypmod, t.typnotnull,
       t.oid >= 16384 and x.objid is null and (t.typtype in ('e', 'd', 'r') or k.relkind = 'c'),
       case when t.typtype = 'e' then array(
         select l.enumlabel::text from pg_catalog.pg_enum l where l.enumtypid = t.oid order by l.enumsortorder) end,
       case when t.typtype = 'c' then array(
         select a.attname::text from pg_catalog.pg_attribute a
          where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped order by a.attnum) end,
       case when t.typtype = 'c' then array(
         select a.atttypid from pg_catalog.pg_attribute a
          where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped order by a.attnum) end,
       case when t.typtype = 'c' then array(
         select a.atttypmod from pg_catalog.pg_attribute a
          where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped order by a.attnum) end,
       case when t.typtype = 'd' then pg_catalog.pg_get_expr(t.typdefaultbin, 0) end,
       case when t.typtype = 'd' and t.typcollation <> b.typcollation then t.typcollation::regcollation::text end,
       coalesce(r.rngsubtype, 0::oid),
       case when r.rngtypid = t.oid then pg_catalog.concat_ws(', ',
         'subtype = ' || pg_catalog.format_type(r.rngsubtype, -1),
         case when not o.opcdefault then 'subtype_opclass = ' || pg_catalog.quote_ident(on_.nspname)
              || '.' || pg_catalog.quote_ident(o.opcname) end,
         case when r.rngcollation <> 0 and r.rngcollation <> st.typcollation
              then 'collation = ' || r.rngcollation::regcollation::text end,
         case when r.rngcanonical <> 0 then 'canonical = ' || r.rngcanonical::regproc::text end,
         case when r.rngsubdiff <> 0 then 'subtype_diff = ' || r.rngsubdiff::regproc::text end,
         case when {multirange_of} <> 0
              then 'multirange_type_name = ' || pg_catalog.format_type({multirange_of}, null) end) end,
       d.description
  from used u
  join pg_catalog.pg_type t on t.oid = u.oid
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  left join pg_catalog.pg_type e on e.oid = t.typelem
  left join pg_catalog.pg_type b on b.oid = t.typbasetype
  left join pg_catalog.pg_class k on k.oid = t.typrelid
  left join pg_catalog.pg_range r on r.rngtypid = t.oid
  left join pg_catalog.pg_type st on st.oid = r.rngsubtype
  left join pg_catalog.pg_opclass o on o.oid = r.rngsubopc
  left join pg_catalog.pg_namespace on_ on on_.oid = o.opcnamespace
  left join pg_catalog.pg_depend x
    on x.classid = 'pg_catalog.pg_type'::regclass and x.objid = t.oid and x.objsubid = 0 and x.deptype = 'e'
  left join pg_catalog.pg_description d
    on d.objoid = t.oid and d.classoid = 'pg_catalog.pg_type'::regclass and d.objsubid = 0
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
class RawType:
    """One type with one modifier."""

    oid: int
    modifier: int
    schema: str
    name: str
    sql: str
    letter: str
    element: int
    base: int
    base_modifier: int
    is_not_null: bool
    is_users: bool  # made by hand: neither the server's, an extension's, nor a table's row type
    labels: list[str] | None
    attribute_names: list[str] | None
    attribute_types: list[int] | None
    attribute_modifiers: list[int] | None
    default: str | None
    collation: str | None
    subtype: int
    range_options: str | None
    comment: str | None

    @property
    def kind(self) -> TypeKind:
        """How it is made."""
        return TypeKind.ARRAY if self.element else _KINDS[self.letter]


@dataclass(frozen=True, slots=True)
class Types:
    """Every type in use, by (type, modifier)."""

    raw: Mapping[TypeKey, RawType]
    by_key: Mapping[TypeKey, ColumnType]

    @property
    def oids(self) -> list[int]:
        """The types that are in use."""
        return sorted({oid for oid, _ in self.raw})

    @property
    def forbidding_null(self) -> frozenset[int]:
        """The domains that forbid NULL, by themselves or by one that they stand on."""
        domains = {raw.oid: raw for raw in self.raw.values() if raw.letter == "d"}
        found = {oid for oid, raw in domains.items() if raw.is_not_null}
        for oid in domains:
            chain = [oid]
            while chain[-1] in domains:
                chain.append(domains[chain[-1]].base)
            if found.intersection(chain):
                found.add(oid)
        return frozenset(found)


def read_types(server: Server, used: Iterable[TypeKey]) -> Types:
    """Return every type in use and what it stands on."""
    pairs = sorted(set(used))
    parameters = ([oid for oid, _ in pairs], [modifier for _, modifier in pairs])
    raw = {(row[0], row[1]): RawType(*row) for row in server.ask(_TYPES, parameters)}
    made: dict[TypeKey, ColumnType] = {}
    for key in raw:
        _make(key, raw, made)
    return Types(raw, made)


def user_types(types: Types, checks: Mapping[int, tuple[Check, ...]]) -> tuple[UserType, ...]:
    """Return the types that somebody made, by name; `checks` are those of domains."""
    found = {raw.oid: raw for raw in types.raw.values() if raw.is_users}
    made = (_user_type(raw, types, checks.get(raw.oid, ())) for raw in found.values())
    return tuple(sorted(made, key=lambda one: one.name))


def _make(key: TypeKey, raw: Mapping[TypeKey, RawType], made: dict[TypeKey, ColumnType]) -> ColumnType:
    """Return the column type, its element's and base's made first. Types never stand on themselves this way."""
    if key in made:
        return made[key]
    one = raw[key]
    facts = modifier_facts(one.schema, one.name, one.modifier)
    made[key] = ColumnType(
        schema=one.schema,
        name=one.name,
        sql=one.sql,
        kind=one.kind,
        max_length=facts.max_length,
        precision=facts.precision,
        scale=facts.scale,
        fields=facts.fields,
        element=_make((one.element, one.modifier), raw, made) if one.element else None,
        base=_make((one.base, one.base_modifier), raw, made) if one.letter == "d" else None,
        is_not_null=one.is_not_null,
    )
    return made[key]


def _user_type(raw: RawType, types: Types, checks: tuple[Check, ...]) -> UserType:
    stands_on = (raw.base, raw.base_modifier) if raw.letter == "d" else (raw.subtype, -1)
    attributes = zip(raw.attribute_names or (), raw.attribute_types or (), raw.attribute_modifiers or (), strict=True)
    return UserType(
        name=TableName(raw.schema, raw.name),
        kind=raw.kind,
        labels=tuple(raw.labels or ()),
        type=types.by_key[stands_on] if stands_on[0] else None,
        is_not_null=raw.is_not_null,
        default=raw.default,
        collation=raw.collation,
        checks=checks,
        attributes=tuple((name, types.by_key[oid, modifier]) for name, oid, modifier in attributes),
        definition=raw.range_options or "",
        comment=raw.comment,
    )
