"""The functions that expressions of the scanned relations call, and the extensions behind all that is used.

Source: `pg_depend`, from defaults, constraints, indexes, types, view rules and partition keys to what they need,
and on from function to function; what the text of a body calls is not recorded there, so it is found by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onboard.catalog.engines.postgresql.server import Server
from onboard.catalog.structure import Extension, Function, TableName

# Objects below 16384 come with the server (`FirstNormalObjectId`), so few dependencies are left to follow.
_FUNCTIONS = rb"""
with recursive edges as materialized (
    select d.classid, d.objid, d.refclassid, d.refobjid
      from pg_catalog.pg_depend d
     where d.refobjid >= 16384 and d.deptype in ('n', 'a', 'i')
       and d.refclassid in ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_operator'::regclass,
                            'pg_catalog.pg_opclass'::regclass, 'pg_catalog.pg_opfamily'::regclass)
), reached (classid, objid) as (
    select s.classid, s.objid from (
        select 'pg_catalog.pg_attrdef'::regclass::oid, pg_catalog.unnest(%(defaults)s::oid[])
        union all select 'pg_catalog.pg_constraint'::regclass::oid, pg_catalog.unnest(%(constraints)s::oid[])
        union all select 'pg_catalog.pg_class'::regclass::oid, pg_catalog.unnest(%(relations)s::oid[])
        union all select 'pg_catalog.pg_type'::regclass::oid, pg_catalog.unnest(%(types)s::oid[])
        union all select 'pg_catalog.pg_opclass'::regclass::oid, pg_catalog.unnest(%(classes)s::oid[])
        union all select 'pg_catalog.pg_am'::regclass::oid, pg_catalog.unnest(%(methods)s::oid[])
        union all select 'pg_catalog.pg_rewrite'::regclass::oid, r.oid
                    from pg_catalog.pg_rewrite r where r.ev_class = any (%(views)s::oid[])
    ) as s(classid, objid)
  union
    select e.refclassid, e.refobjid from reached r join edges e on e.classid = r.classid and e.objid = r.objid
), called (oid) as (
    select r.objid from reached r where r.classid = 'pg_catalog.pg_proc'::regclass
  union
    select q.oid
      from called c
      join pg_catalog.pg_proc p on p.oid = c.oid
      join pg_catalog.pg_language l on l.oid = p.prolang and l.lanname in ('sql', 'plpgsql')
      cross join lateral pg_catalog.regexp_matches(p.prosrc, '([[:alnum:]_$]+)"?\s*\(', 'g') as m(words)
      join pg_catalog.pg_proc q on q.proname in (m.words[1], pg_catalog.lower(m.words[1])) and q.oid >= 16384
), used (classid, objid) as (
    select r.classid, r.objid from reached r
  union
    select 'pg_catalog.pg_proc'::regclass, c.oid from called c
), member as materialized (
    select d.classid, d.objid, x.extname::text as extension, n.nspname::text as home
      from pg_catalog.pg_depend d
      join pg_catalog.pg_extension x on x.oid = d.refobjid
      join pg_catalog.pg_namespace n on n.oid = x.extnamespace
     where d.deptype = 'e' and d.refclassid = 'pg_catalog.pg_extension'::regclass
)
select member.extension, member.home, null::text, null::text, null::text, null::text
  from used u join member on member.classid = u.classid and member.objid = u.objid
union
select null, null, n.nspname::text, p.proname::text,
       pg_catalog.pg_get_function_identity_arguments(p.oid), pg_catalog.pg_get_functiondef(p.oid)
  from used u
  join pg_catalog.pg_proc p on p.oid = u.objid and p.prokind <> 'a'
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
 where u.classid = 'pg_catalog.pg_proc'::regclass
   and not exists (select from member m where m.classid = u.classid and m.objid = u.objid)
 order by 1, 3, 4, 5
"""


def read_functions(
    server: Server, users: Mapping[str, Iterable[int]]
) -> tuple[tuple[Function, ...], tuple[Extension, ...]]:
    """Return what the users need, who are given as OIDs by kind.

    The kinds are `defaults`, `constraints`, `relations` (indexes too), `types`, `classes`, `methods` and `views`.
    """
    functions: list[Function] = []
    extensions: list[Extension] = []
    parameters = {name: sorted(set(oids)) for name, oids in users.items()}
    for extension, home, schema, name, arguments, definition in server.ask(_FUNCTIONS, parameters):
        if extension is not None:
            extensions.append(Extension(extension, home))
        else:
            functions.append(Function(TableName(schema, name), arguments, definition))
    functions.sort(key=lambda function: (function.name, function.arguments))
    extensions.sort(key=lambda one: one.name)
    return tuple(functions), tuple(extensions)
