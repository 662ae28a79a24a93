"""Finds the pairs of columns that the definitions of views set equal: `a.x = b.y`, aliases resolved.

Reads PostgreSQL's own deparsed text (`pg_get_viewdef`) and what a person wrote for SQLite; what it cannot
follow it leaves out, so a view is only ever evidence, never a proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onboard.catalog.structure import Catalog, Table, TableName
from onboard.inference.situation import PairId

_NAME = r'(?:"(?:[^"]|"")+"|\w+)'
_SOURCE = re.compile(rf"\b(?:from|join)\b[\s(]*({_NAME}(?:\.{_NAME})?)(?:\s+(?:as\s+)?({_NAME}))?", re.IGNORECASE)
_EQUALITY = re.compile(rf"({_NAME})\.({_NAME})(?:::\w+(?: \w+)*)?\s*\)?\s*=\s*\(?\s*({_NAME})\.({_NAME})")
_NOT_ALIASES = frozenset(
    [
        "on",
        "where",
        "join",
        "left",
        "right",
        "inner",
        "outer",
        "full",
        "cross",
        "natural",
        "using",
        "group",
        "order",
        "union",
        "limit",
    ]
)


def view_joins(catalog: Catalog) -> frozenset[PairId]:
    """Return (table, column, table, column) for every equality, both ways round."""
    tables = {table.name: table for table in catalog.tables if not table.is_view}
    found: set[PairId] = set()
    for view in catalog.tables:
        if view.view_definition:
            found.update(_joins(view.view_definition, view.name.schema, tables))
    return frozenset(found)


def _joins(text: str, schema: str, tables: dict[TableName, Table]) -> Iterable[PairId]:
    aliases = _aliases(text, schema, tables)
    for left, left_column, right, right_column in _EQUALITY.findall(text):
        ours, theirs = aliases.get(_plain(left)), aliases.get(_plain(right))
        one, other = _plain(left_column), _plain(right_column)
        if ours and theirs and _has(tables[ours], one) and _has(tables[theirs], other):
            yield ours, one, theirs, other
            yield theirs, other, ours, one


def _has(table: Table, name: str) -> bool:
    return any(column.name == name for column in table.columns)


def _aliases(text: str, schema: str, tables: dict[TableName, Table]) -> dict[str, TableName]:
    found: dict[str, TableName] = {}
    for source, alias in _SOURCE.findall(text):
        parts = [_plain(part) for part in re.findall(_NAME, source)]
        name = TableName(parts[0] if len(parts) > 1 else schema, parts[-1])
        if name not in tables:
            continue
        found[parts[-1]] = name
        if alias and alias.lower() not in _NOT_ALIASES:
            found[_plain(alias)] = name
    return found


def _plain(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name
