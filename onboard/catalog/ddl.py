"""A database's own words for its structure: every statement that makes it, in an order that works.

The Catalog knows what tables are; this knows triggers, functions and views too, by their text alone. Rows, owners,
privileges, connections to other servers and whatever belongs to relations that were not scanned are left out.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace

from onboard.catalog.structure import TableName
from onboard.errors import BadInput

FORMAT = "onboard-ddl/1"


@dataclass(frozen=True, slots=True)
class DdlStatement:
    """One statement."""

    sql: str  # without the semicolon at its end
    what: str = ""  # "" for what must be made; else what it is called where it could not be made
    table: TableName | None = None  # the relation that it makes, or hangs on


@dataclass(frozen=True, slots=True)
class Ddl:
    """All statements, in the order in which they run."""

    engine: str  # "postgresql" or "sqlite"
    source: str  # "pg_dump 17"
    statements: tuple[DdlStatement, ...]

    @property
    def tables(self) -> frozenset[TableName]:
        """The relations that a statement is about."""
        return frozenset(one.table for one in self.statements if one.table)


def without(ddl: Ddl, tables: Collection[TableName]) -> Ddl:
    """Return the DDL without what makes these tables or hangs on them."""
    return replace(ddl, statements=tuple(one for one in ddl.statements if one.table not in tables))


def kept(old: Ddl, new: Ddl, tables: Collection[TableName]) -> Ddl:
    """Return the new DDL in which these tables keep the statements that they had.

    They stand where the new ones stood, the first and the last half each together: types and functions that a table
    needs come before it in both, and what refers to several tables comes after all of them.
    """
    early, late = _split(old)
    owned = [one for one in early if one.table in tables], [one for one in late if one.table in tables]
    halves = []
    for half, own in zip(_split(new), owned, strict=True):
        place = next((number for number, one in enumerate(half) if one.table in tables), len(half))
        rest = [one for one in half if one.table not in tables]
        before = sum(one.table not in tables for one in half[:place])
        halves += [*rest[:before], *own, *rest[before:]]
    return replace(new, statements=tuple(halves))


def ddl_to_json(ddl: Ddl) -> str:
    """Return the text of the file: one line a statement."""
    lines = [json.dumps([one.what, *_name(one.table), one.sql], ensure_ascii=False) for one in ddl.statements]
    head = f'{{"format": "{FORMAT}", "engine": {json.dumps(ddl.engine)}, "source": {json.dumps(ddl.source)},'
    return f'{head}\n"statements": [\n' + ",\n".join(lines) + "\n]}\n"


def ddl_from_json(text: str, *, where: str) -> Ddl:
    """Return what `ddl_to_json` wrote; BadInput for any other text."""
    try:
        document = json.loads(text)
        if document["format"] != FORMAT:
            raise ValueError(document["format"])
        statements = tuple(
            DdlStatement(str(sql), str(what), TableName(str(schema), str(name)) if name else None)
            for what, schema, name, sql in document["statements"]
        )
        return Ddl(str(document["engine"]), str(document["source"]), statements)
    except (ValueError, TypeError, KeyError) as error:
        raise BadInput("The file of DDL is not readable.", where=where, remedy="Run `onboard scan --ddl`.") from error


def _name(table: TableName | None) -> tuple[str, str]:
    return (table.schema, table.name) if table else ("", "")


def _split(ddl: Ddl) -> tuple[list[DdlStatement], list[DdlStatement]]:
    """Return what makes relations, and what follows once they are all there."""
    makers = [number for number, one in enumerate(ddl.statements) if one.sql[:13].lower().startswith("create table")]
    end = makers[-1] + 1 if makers else 0
    return list(ddl.statements[:end]), list(ddl.statements[end:])
