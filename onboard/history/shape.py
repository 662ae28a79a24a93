"""Two Catalogs of databases that were built -> where they are really different.

Not different are the order of columns and the names that Django makes up (they carry a hash of the history they come
from); names that a person gave count.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from onboard.catalog.structure import Catalog, Check, Column, Exclusion, ForeignKey, Index, Key, Table

_MADE_UP = re.compile(r"_[0-9a-f]{8}(_|$)|(_pkey|_key|_check|_seq|_like|_uniq)\d*$|^sqlite_autoindex_|^$")
_NEXTVAL = re.compile(r"nextval\(.*\)")


def unlike(one: Catalog, other: Catalog, *, ignore: Collection[str] = ()) -> tuple[str, ...]:
    """Return a line for each thing that only one of them has: `-` the first, `+` the other; by table."""
    found: list[str] = []
    tables = {str(table.name): table for table in one.tables if table.name.name not in ignore}
    others = {str(table.name): table for table in other.tables if table.name.name not in ignore}
    for name in sorted({*tables, *others}):
        before = set(lines(tables[name])) if name in tables else set()
        after = set(lines(others[name])) if name in others else set()
        if name not in others or name not in tables:
            found.append(f"{'-' if name in tables else '+'} {name}")
            continue
        found.extend(f"- {name}: {line}" for line in sorted(before - after))
        found.extend(f"+ {name}: {line}" for line in sorted(after - before))
    found.extend(_named("extension", {e.name for e in one.extensions}, {e.name for e in other.extensions}))
    found.extend(_named("type", {str(t.name) for t in one.types}, {str(t.name) for t in other.types}))
    return tuple(found)


def _named(what: str, before: set[str], after: set[str]) -> Iterator[str]:
    yield from (f"- {what} {name}" for name in sorted(before - after))
    yield from (f"+ {what} {name}" for name in sorted(after - before))


def column_line(column: Column) -> str:
    """Return what is worth comparing of a column."""
    return f"column {column.name} {_column(column)}"


def unique_line(key: Key) -> str:
    """Return the same of a unique constraint."""
    return f"unique{_name(key.name)} ({', '.join(key.columns)}){' deferrable' if key.is_deferrable else ''}"


def foreign_key_line(key: ForeignKey) -> str:
    """Return the same of a foreign key; its name is Django's."""
    target = f"{key.references}({', '.join(key.referenced_columns)})"
    return f"foreign key ({', '.join(key.columns)}) to {target} on delete {key.on_delete}"


def check_line(check: Check) -> str:
    """Return the same of a check."""
    return f"check{_name(check.name)} {check.expression}"


def exclusion_line(exclusion: Exclusion) -> str:
    """Return the same of an exclusion."""
    return f"exclusion {exclusion.definition}"


def index_line(index: Index) -> str:
    """Return the same of an index that stands behind no constraint."""
    return f"index{_name(index.name)} {_index(index)}"


def lines(table: Table) -> Iterator[str]:
    """Give everything that is worth comparing of a table, a line each."""
    yield f"a {table.kind.value}"
    yield from map(column_line, table.columns)
    if table.primary_key:
        yield f"primary key ({', '.join(table.primary_key.columns)})"
    yield from map(unique_line, table.uniques)
    yield from map(foreign_key_line, table.foreign_keys)
    yield from map(check_line, table.checks)
    yield from map(exclusion_line, table.exclusions)
    yield from (index_line(index) for index in table.indexes if index.constraint is None)
    yield from (f"trigger {trigger}" for trigger in table.triggers)
    if table.comment:
        yield f"comment {table.comment!r}"


def _column(column: Column) -> str:
    parts = [
        column.type.sql,
        "null" if column.is_nullable else "not null",
        f"default {_NEXTVAL.sub('nextval', column.default)}" if column.default is not None else "",
        f"identity {column.identity}" if column.identity else "",
        f"generated {column.generated}" if column.generated is not None else "",
        f"collate {column.collation}" if column.collation else "",
        f"comment {column.comment!r}" if column.comment else "",
    ]
    return " ".join(part for part in parts if part)


def _index(index: Index) -> str:
    parts = [
        " ".join(
            word
            for word in (
                part.column or f"({part.expression})",
                part.operator_class or "",
                part.collation or "",
                "desc" if part.is_descending else "",
            )
            if word
        )
        for part in index.parts
    ]
    unique = "unique " if index.is_unique else ""
    include = f" include ({', '.join(index.include)})" if index.include else ""
    where = f" where {index.predicate}" if index.predicate else ""
    return f"{unique}{index.method} ({', '.join(parts)}){include}{where}"


def _name(name: str) -> str:
    return "" if _MADE_UP.search(name) else f" {name}"
