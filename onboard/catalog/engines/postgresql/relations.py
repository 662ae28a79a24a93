"""The relations of the scanned schemas. Source: `pg_class`, `pg_inherits`, `pg_attribute`, `pg_depend`.

An inheritance child is a table in its own right, but for one without columns of its own that is called like its parent
and numbered, `logs_2019`: before partitions were declared, they were made so.
"""

from __future__ import annotations

from dataclasses import dataclass

from onboard.catalog.engines.postgresql.server import Row, Server
from onboard.catalog.selected import is_selected
from onboard.catalog.snapshot import Selection
from onboard.catalog.structure import LOCKED, LeftOut, Table, TableKind, TableName

_RELATIONS = b"""
select c.oid, n.nspname::text, c.relname::text, c.relkind::text, c.relispartition,
       exists (select
                 from pg_catalog.pg_inherits h
                 join pg_catalog.pg_class p on p.oid = h.inhparent
                where h.inhrelid = c.oid and left(c.relname, length(p.relname)) = p.relname
                  and substr(c.relname, length(p.relname) + 1) ~ '[0-9]')
         and not exists (select
                           from pg_catalog.pg_attribute a
                          where a.attrelid = c.oid and a.attnum > 0 and a.attislocal and not a.attisdropped),
       case when {was_analysed} then c.reltuples::int8 else -1 end,
       d.description,
       case when c.relkind in ('v', 'm') and k.relation is null then pg_catalog.pg_get_viewdef(c.oid) end,
       case when c.relkind = 'p' then pg_catalog.pg_get_partkeydef(c.oid) end,
       c.relrowsecurity, c.relpersistence = 'u',
       pg_catalog.has_table_privilege(c.oid, 'select'),
       x.extname::text, k.relation is not null
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_description d
    on d.objoid = c.oid and d.classoid = 'pg_catalog.pg_class'::regclass and d.objsubid = 0
  left join pg_catalog.pg_depend e
    on e.objid = c.oid and e.classid = 'pg_catalog.pg_class'::regclass and e.objsubid = 0 and e.deptype = 'e'
  left join pg_catalog.pg_extension x on x.oid = e.refobjid
  left join (select distinct l.relation
               from pg_catalog.pg_locks l
               join pg_catalog.pg_database b on b.oid = l.database and b.datname = pg_catalog.current_database()
              where %s and l.locktype = 'relation' and l.mode = 'AccessExclusiveLock' and l.granted) k
    on k.relation = c.oid
 where n.nspname = any (%s::text[]) and c.relkind = any (%s::text[]::"char"[])
 order by n.nspname, c.relname
"""

_KINDS = {
    "r": TableKind.TABLE,
    "p": TableKind.PARTITIONED,
    "f": TableKind.FOREIGN,
    "v": TableKind.VIEW,
    "m": TableKind.MATERIALIZED_VIEW,
}
VIEWS = (TableKind.VIEW, TableKind.MATERIALIZED_VIEW)
_BELOW = (TableKind.PARTITION, TableKind.CHILD)

# What `_tighten.SetOrphansAside` says of its table.
SET_ASIDE = "Rows that a migration set aside: its way back restores them from here."


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation that is scanned."""

    oid: int
    name: TableName
    kind: TableKind
    estimate: int  # -1: never analysed
    comment: str | None
    view_definition: str | None
    partition_key: str | None
    has_row_security: bool
    is_unlogged: bool
    is_readable: bool


def read_relations(
    server: Server, schemas: tuple[str, ...], selection: Selection, *, pass_locked: bool, look_at_views: bool
) -> tuple[list[Relation], list[LeftOut], tuple[Table, ...]]:
    """Return the selected relations in the order of their names, those that are passed over, and views for evidence.

    The definition of a view is only to be had under a lock on all that it reads: `look_at_views` says whether views
    nobody asked for are worth it.
    """
    found: list[Relation] = []
    left_out: list[LeftOut] = []
    views: list[Table] = []
    selected = is_selected(selection)
    kinds = [letter for letter, kind in _KINDS.items() if selection.views or look_at_views or kind not in VIEWS]
    for *row, is_locked in server.ask(_RELATIONS, (pass_locked, list(schemas), kinds)):
        relation, extension = _relation(tuple(row))
        if relation.kind in VIEWS and not selection.views:
            if not extension:
                views.append(Table(relation.name, relation.kind, (), view_definition=relation.view_definition))
            continue
        is_hidden = relation.kind in _BELOW and not selection.partitions
        if is_hidden or not selected(relation.name.schema, relation.name.name):
            continue
        if extension:
            left_out.append(LeftOut(relation.name, f"belongs to the extension `{extension}`"))
        elif is_set_aside(relation):
            left_out.append(LeftOut(relation.name, "belongs to a migration that set rows aside in it"))
        elif is_locked:
            left_out.append(LeftOut(relation.name, LOCKED))
        else:
            found.append(relation)
    found.sort(key=lambda relation: relation.name)
    return found, left_out, tuple(sorted(views, key=lambda view: view.name))


def is_set_aside(relation: Relation) -> bool:
    """Whether a tightening migration made it to keep rows for its way back: known by its name and its very comment."""
    is_named = relation.name.name.startswith("onboard_orphans_")
    return is_named and relation.kind is TableKind.TABLE and relation.comment == SET_ASIDE


def _relation(row: Row) -> tuple[Relation, str | None]:
    oid, schema, name, letter, is_partition, is_child, estimate, comment, view, key, rls, unlogged, readable, owner = (
        row
    )
    kind = TableKind.PARTITION if is_partition else TableKind.CHILD if is_child else _KINDS[letter]
    relation = Relation(
        oid=oid,
        name=TableName(schema, name),
        kind=kind,
        estimate=estimate,
        comment=comment,
        view_definition=view,
        partition_key=key,
        has_row_security=rls,
        is_unlogged=unlogged,
        is_readable=readable,
    )
    return relation, owner
