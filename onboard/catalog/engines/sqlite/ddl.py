"""Dsn + Catalog -> Ddl: the words of `sqlite_master`, tables before indexes before views before triggers."""

from __future__ import annotations

from onboard.catalog.ddl import Ddl, DdlStatement
from onboard.catalog.dsn import Dsn
from onboard.catalog.engines.sqlite.connection import connected
from onboard.catalog.engines.sqlite.read import is_virtual
from onboard.catalog.engines.sqlite.rows import Relation
from onboard.catalog.structure import Catalog, TableName

_STATEMENTS = (
    "select type, name, tbl_name, sql from sqlite_master"
    " where sql is not null and name not like 'sqlite\\_%' escape '\\'"
    " order by case type when 'table' then 1 when 'index' then 2 when 'view' then 3 else 4 end, rowid"
)


def read_ddl(dsn: Dsn, catalog: Catalog) -> Ddl:
    """Return the DDL of the scanned tables, of all views and virtual tables, and of the triggers on them."""
    with connected(dsn) as connection:
        rows = connection.execute(_STATEMENTS).fetchall()
    wanted = {table.name.name for table in catalog.tables}
    wanted |= {name for sort, name, _, sql in rows if sort == "view" or is_virtual(Relation(sort, name, sql))}
    found = []
    for sort, name, table, sql in rows:
        if table not in wanted:
            continue
        relation = Relation(sort, name, sql)
        kind = "virtual table" if is_virtual(relation) else sort
        of = f" of {table}" if sort == "trigger" else ""
        what = f"{kind} {name}{of}" if kind in ("view", "trigger", "virtual table") else ""
        found.append(DdlStatement(sql, what, TableName("main", table)))
    return Ddl("sqlite", "sqlite_master", tuple(found))
