"""The sequences that scanned columns own or draw from. Source: `pg_sequence`, `pg_depend`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onboard.catalog.engines.postgresql.columns import RawColumns
from onboard.catalog.engines.postgresql.server import Row, Server
from onboard.catalog.structure import Sequence, TableName

_SEQUENCES = b"""
with owned as (
    select d.objid as sequence, d.refobjid as relation, d.refobjsubid as attnum, d.deptype = 'i' as is_identity
      from pg_catalog.pg_depend d
     where d.classid = 'pg_catalog.pg_class'::regclass and d.objsubid = 0
       and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i')
), drawn as (
    select d.refobjid as sequence, pg_catalog.array_agg(d.objid order by d.objid) as defaults
      from pg_catalog.pg_depend d
     where d.classid = 'pg_catalog.pg_attrdef'::regclass and d.refclassid = 'pg_catalog.pg_class'::regclass
       and d.refobjsubid = 0 and d.objid = any (%(defaults)s::oid[])
     group by d.refobjid
)
select n.nspname::text, c.relname::text, pg_catalog.format_type(s.seqtypid, null),
       s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
       owned.relation, owned.attnum, owned.is_identity, tn.nspname::text, t.relname::text, a.attname::text,
       drawn.defaults
  from pg_catalog.pg_sequence s
  join pg_catalog.pg_class c on c.oid = s.seqrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join owned on owned.sequence = s.seqrelid
  left join pg_catalog.pg_class t on t.oid = owned.relation
  left join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
  left join pg_catalog.pg_attribute a on a.attrelid = owned.relation and a.attnum = owned.attnum
  left join drawn on drawn.sequence = s.seqrelid
 where owned.relation = any (%(relations)s::oid[]) or drawn.sequence is not null
 order by n.nspname, c.relname
"""


@dataclass(frozen=True, slots=True)
class Sequences:
    """The sequences by name, and which one a default or an identity column draws from."""

    all: tuple[Sequence, ...]
    by_default: Mapping[int, TableName]  # oid of the default expression -> sequence
    by_identity: Mapping[tuple[int, int], TableName]  # (relation, attribute number) -> sequence


def read_sequences(server: Server, columns: RawColumns) -> Sequences:
    """Return the sequences of these columns."""
    # A default that reads another sequence fact (`currval`) depends on it too, but draws nothing from it.
    defaults = [
        column.default_oid
        for group in columns.values()
        for column in group.values()
        if column.default_oid and "nextval(" in (column.expression or "")
    ]
    found: list[Sequence] = []
    by_default: dict[int, TableName] = {}
    by_identity: dict[tuple[int, int], TableName] = {}
    for row in server.ask(_SEQUENCES, {"defaults": defaults, "relations": list(columns)}):
        sequence = _sequence(row)
        found.append(sequence)
        if sequence.is_identity:
            by_identity[row[9], row[10]] = sequence.name
        for default in row[15] or ():
            by_default.setdefault(default, sequence.name)
    return Sequences(tuple(sorted(found, key=lambda one: one.name)), by_default, by_identity)


def _sequence(row: Row) -> Sequence:
    schema, name, type_, start, increment, minimum, maximum, cache, is_cycled, relation, _, is_identity = row[:12]
    return Sequence(
        name=TableName(schema, name),
        type=type_,
        start=start,
        increment=increment,
        minimum=minimum,
        maximum=maximum,
        cache=cache,
        is_cycled=is_cycled,
        owned_by=(TableName(row[12], row[13]), row[14]) if relation else None,
        is_identity=bool(is_identity),
    )
