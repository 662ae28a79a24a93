"""Questions on a part of the rows: what the server has noted, sampled tables, values looked up in a parent.

Source of truth: `pg_class.reltuples`, `pg_stats`; the manual on `tablesample system` (13 to 18), which reads whole
pages. REPEATABLE gives the same pages as long as the table does not change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import LiteralString

from psycopg import sql
from psycopg.sql import SQL, Composable, Composed, Identifier

from onboard.catalog.structure import TableName
from onboard.inference.measured import ColumnProfile
from onboard.inference.rows import ColumnsOf, Lookup

_MORE = 1.2  # pages hold more or fewer rows than the average
_FEW_PAGES = 100_000  # rows below which single rows are taken: of so few pages the lot might fall on none

# The count of live rows is of use where a table was never analysed or has grown since; it may count rows twice.
# Whoever reads a table reads the rows of those that inherit from it too, which its own estimate leaves out.
ESTIMATES: LiteralString = """
with recursive heirs as (
  select i.inhparent as root, i.inhrelid as heir
  from pg_inherits i join pg_class p on p.oid = i.inhparent and p.relkind = 'r'
  union
  select h.root, i.inhrelid from heirs h join pg_inherits i on i.inhparent = h.heir
), known as (
  select oid, case when pg_stat_get_live_tuples(oid) > 4 * reltuples then pg_stat_get_live_tuples(oid)
    else reltuples end as tuples
  from pg_class where relkind = 'r'
), inherited as (
  select h.root, sum(greatest(k.tuples, 0)) as tuples from heirs h join known k on k.oid = h.heir group by h.root
)
select n.nspname, c.relname,
  case when c.relkind = 'p'
    then (select coalesce(sum(greatest(leaf.reltuples, pg_stat_get_live_tuples(leaf.oid), 0)), 0)
          from pg_partition_tree(c.oid) tree join pg_class leaf on leaf.oid = tree.relid and tree.isleaf)
    when i.root is not null then greatest(k.tuples, 0) + i.tuples
    else k.tuples end::bigint
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
left join known k on k.oid = c.oid
left join inherited i on i.root = c.oid
where n.nspname = any(%s) and c.relkind in ('r', 'p')
order by 1, 2
"""
STATISTICS: LiteralString = """
select s.schemaname, s.tablename, s.attname, s.null_frac, s.n_distinct, b.low, b.high
from pg_namespace n
join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p')
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname and s.attname = a.attname
  and s.inherited = (c.relkind = 'p' or exists (select from pg_inherits i where i.inhparent = c.oid))
left join lateral (
  select min(value) as low, max(value) as high
  from unnest(
    case when a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype)
      then s.histogram_bounds::text::numeric[] || s.most_common_vals::text::numeric[]
    end) value
  where value not in (0, -1) and value between -1e19 and 1e19
) b on true
where n.nspname = any(%s) and c.relname = any(%s)
order by 1, 2, 3
"""


def noted(
    answer: Sequence[Sequence[object]], wanted: Mapping[TableName, int]
) -> dict[tuple[TableName, str], ColumnProfile]:
    """Return the statistics as profiles; `wanted` has about how many rows each table has."""
    found = {}
    for schema, table, column, null_share, distinct, low, high in answer:
        rows = wanted.get(TableName(str(schema), str(table)))
        if rows is None:
            continue
        filled = round(rows * (1 - float(str(null_share))))
        count = float(str(distinct))  # below 0: minus the share of the rows
        found[TableName(str(schema), str(table)), str(column)] = ColumnProfile(
            filled, round(count if count >= 0 else -count * rows), _whole(low), _whole(high), is_exact=False
        )
    return found


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value).split(".")[0])


def sampled(table: TableName, columns: Composable, sampled_rows: int, size: int) -> Composed:
    """Return about so many rows of a table, from all over it; of a large one only these pages are read."""
    share = 100 * _MORE * sampled_rows / max(1, size)
    how: Composable = SQL("")
    if share < 100:
        method = SQL("bernoulli") if size < _FEW_PAGES else SQL("system")
        how = SQL("tablesample {} ({}) repeatable (1) ").format(method, sql.Literal(round(share, 9)))
    return SQL("(select {} from {} {}limit {}) sampled").format(
        columns, Identifier(table.schema, table.name), how, sql.Literal(sampled_rows)
    )


def lookup_join(parent: ColumnsOf, alias: Identifier, keys: Sequence[Identifier]) -> Composed:
    """Return the join of the values `v` with a parent in which they are looked up, one by one or in one pass."""
    table = Identifier(parent.table.schema, parent.table.name)
    names = [Identifier(column.name) for column in parent.columns]
    equal = [SQL("parent.{} = {}.{}").format(name, SQL("v"), key) for name, key in zip(names, keys, strict=True)]
    if parent.lookup is Lookup.INDEX:
        return SQL("left join lateral (select true as found from {} parent where {} limit 1) {} on true").format(
            table, SQL(" and ").join(equal), alias
        )
    listed = SQL(", ").join(SQL("v.{}").format(key) for key in keys)
    same = SQL(" and ").join(SQL("{}.{} = v.{}").format(alias, key, key) for key in keys)
    named = [SQL("parent.{}").format(name) for name in names]
    return SQL(  # left to itself the planner, which knows nothing of `v`, would gather the large parent in a hash
        "left join (select distinct {}, true as found from v join"
        " (select {} from {} parent where ({}) in (select {} from v) offset 0) parent on {}) {} on {}"
    ).format(
        listed,
        SQL(", ").join(named),
        table,
        SQL(", ").join(named),
        SQL(", ").join(keys),
        SQL(" and ").join(equal),
        alias,
        same,
    )
