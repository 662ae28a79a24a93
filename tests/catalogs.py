"""Builds small Catalogs for tests: `catalog(table("orders", column("id", "int4"), primary_key="id"))`."""

from __future__ import annotations

import re

from onboard.catalog.structure import (
    Catalog,
    Column,
    ColumnType,
    ForeignKey,
    Index,
    IndexPart,
    Key,
    Table,
    TableKind,
    TableName,
)

_SQL = {
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "bool": "boolean",
    "float8": "double precision",
    "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone",
    "varchar": "character varying",
    "bpchar": "character",
}


def column_type(text: str) -> ColumnType:
    """A PostgreSQL type from its short name: `int4`, `varchar(20)`, `numeric(10,0)`."""
    found = re.fullmatch(r"(\w+)(?:\((\d+)(?:,(\d+))?\))?", text)
    assert found, text
    name, first, second = found.groups()
    modifier = text[len(name) :]
    is_text = name in ("varchar", "bpchar")
    return ColumnType(
        "pg_catalog",
        name,
        _SQL.get(name, name) + modifier,
        max_length=int(first) if first and is_text else None,
        precision=int(first) if first and not is_text else None,
        scale=int(second) if second else (0 if first and name == "numeric" else None),
    )


def column(
    name: str, type: str = "int4", *, null: bool = False, default: str | None = None, comment: str | None = None
) -> Column:
    """A column; NOT NULL unless said otherwise."""
    return Column(name, column_type(type), is_nullable=null, default=default, comment=comment)


def name_of(text: str) -> TableName:
    """`orders` is in `public`; `sales.orders` says its schema."""
    schema, _, table = text.rpartition(".")
    return TableName(schema or "public", table)


def foreign_key(columns: str, references: str) -> ForeignKey:
    """A declared key from `a,b` to `parent(x,y)`."""
    found = re.fullmatch(r"([\w.]+)\(([\w,]+)\)", references)
    assert found, references
    own = tuple(columns.split(","))
    return ForeignKey(f"fk_{'_'.join(own)}", own, name_of(found[1]), tuple(found[2].split(",")))


def table(
    name: str,
    *columns: Column,
    primary_key: str = "",
    uniques: tuple[str, ...] = (),
    indexes: tuple[str, ...] = (),
    foreign_keys: tuple[ForeignKey, ...] = (),
    kind: TableKind = TableKind.TABLE,
    view_definition: str | None = None,
    comment: str | None = None,
) -> Table:
    """A table; keys and indexes are given as `a,b`."""
    return Table(
        name_of(name),
        kind,
        columns,
        primary_key=Key(f"{name}_pkey", tuple(primary_key.split(","))) if primary_key else None,
        uniques=tuple(Key(f"{name}_{text.replace(',', '_')}_key", tuple(text.split(","))) for text in uniques),
        indexes=tuple(
            Index(f"{name}_{text.replace(',', '_')}_idx", tuple(IndexPart(part) for part in text.split(",")))
            for text in indexes
        ),
        foreign_keys=foreign_keys,
        view_definition=view_definition,
        comment=comment,
    )


def catalog(*tables: Table, engine: str = "postgresql", version: str = "15.0") -> Catalog:
    """A Catalog of these tables."""
    schemas = dict.fromkeys(table.name.schema for table in tables)
    return Catalog(engine, version, tuple(schemas) or ("public",), tuple(sorted(tables, key=lambda table: table.name)))
