"""What hangs on relations by name: triggers, rules, policies, parents, partitions, and what views read.

Source: `pg_trigger`, `pg_rewrite`, `pg_policy`, `pg_inherits`, `pg_depend`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from onboard.catalog.engines.postgresql.server import Row, Server
from onboard.catalog.structure import Partition, TableName

_ATTACHMENTS = b"""
with recursive scanned as materialized (
    select c.oid, c.relkind from pg_catalog.unnest(%s::oid[]) as s(oid)
      join pg_catalog.pg_class c on c.oid = s.oid
), tree (root, oid, parent, depth) as (
    select s.oid, i.inhrelid, null::oid, 1
      from scanned s join pg_catalog.pg_inherits i on i.inhparent = s.oid
     where s.relkind = 'p'
  union all
    select t.root, i.inhrelid, i.inhparent, t.depth + 1
      from tree t join pg_catalog.pg_inherits i on i.inhparent = t.oid
)
select 'trigger', t.tgrelid, 0, t.tgname::text, null::text, null::text, null::text, null::text, null::text, 0::int8
  from scanned s join pg_catalog.pg_trigger t on t.tgrelid = s.oid and not t.tgisinternal
union all
select 'rule', r.ev_class, 0, r.rulename::text, null, null, null, null, null, 0
  from scanned s join pg_catalog.pg_rewrite r on r.ev_class = s.oid and r.rulename <> '_RETURN'
union all
select 'policy', p.polrelid, 0, p.polname::text, null, null, null, null, null, 0
  from scanned s join pg_catalog.pg_policy p on p.polrelid = s.oid
union all
select 'parent', i.inhrelid, i.inhseqno, c.relname::text, n.nspname::text, null, null, null, null, 0
  from scanned s
  join pg_catalog.pg_inherits i on i.inhrelid = s.oid
  join pg_catalog.pg_class c on c.oid = i.inhparent
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
union all
select distinct 'reads', r.ev_class, 0, c.relname::text, n.nspname::text,
       null::text, null::text, null::text, null::text, 0::int8
  from scanned s
  join pg_catalog.pg_rewrite r on r.ev_class = s.oid and s.relkind in ('v', 'm')
  join pg_catalog.pg_depend d
    on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
   and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> r.ev_class
  join pg_catalog.pg_class c on c.oid = d.refobjid and c.relkind in ('r', 'p', 'f', 'v', 'm')
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
union all
select 'partition', t.root, t.depth, c.relname::text, n.nspname::text,
       pg_catalog.pg_get_expr(c.relpartbound, c.oid),
       case when c.relkind = 'p' then pg_catalog.pg_get_partkeydef(c.oid) end,
       pc.relname::text, pn.nspname::text,
       case when c.relkind <> 'p' and {was_analysed} then c.reltuples::int8 else -1 end
  from tree t
  join pg_catalog.pg_class c on c.oid = t.oid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_class pc on pc.oid = t.parent
  left join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
 order by 1, 2, 3, 5, 4
"""


@dataclass(slots=True)
class Attachments:
    """What hangs on one relation."""

    triggers: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)
    parents: list[TableName] = field(default_factory=list)
    depends_on: list[TableName] = field(default_factory=list)
    partitions: list[tuple[int, Partition]] = field(default_factory=list)  # (depth, partition)
    partition_rows: int = -1  # the sum over the leaves that were ever analysed


def read_attachments(server: Server, relations: list[int]) -> Mapping[int, Attachments]:
    """Return what hangs on each of the relations, each kind in its order."""
    found: dict[int, Attachments] = defaultdict(Attachments)
    for row in server.ask(_ATTACHMENTS, (relations,)):
        _attach(found[row[1]], row)
    for one in found.values():
        for names in (one.triggers, one.rules, one.policies):
            names.sort()  # by code point, whatever the server's collation
        one.depends_on.sort()
        one.partitions.sort(key=lambda pair: (pair[0], pair[1].name))
    return found


def _attach(to: Attachments, row: Row) -> None:
    sort, _, depth, name, schema, bound, key, parent, parent_schema, estimate = row
    match sort:
        case "trigger":
            to.triggers.append(name)
        case "rule":
            to.rules.append(name)
        case "policy":
            to.policies.append(name)
        case "parent":
            to.parents.append(TableName(schema, name))
        case "reads":
            to.depends_on.append(TableName(schema, name))
        case "partition":
            above = TableName(parent_schema, parent) if parent is not None else None
            to.partitions.append((depth, Partition(TableName(schema, name), bound or "", key, above)))
            if estimate >= 0:
                to.partition_rows = max(to.partition_rows, 0) + estimate
