"""Tables -> `create table` and what finishes it, without foreign keys."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from onboard.catalog.structure import Check, Column, Sequence, Table, TableName
from onboard.migrations.ddl.columns import Identities, column_line
from onboard.migrations.ddl.comments import table_comments
from onboard.migrations.ddl.constraints import (
    add_constraint,
    check_clause,
    exclusion_clauses,
    key_clauses,
    repeated_key_clauses,
)
from onboard.migrations.ddl.indexes import index_statements
from onboard.migrations.ddl.mentions import names_in
from onboard.migrations.ddl.partitions import inherit_statements
from onboard.migrations.ddl.quoting import identifier, qualified
from onboard.migrations.ddl.sequences import owner_statement
from onboard.migrations.ddl.types import names_of_type


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the statements of one table need to know of the rest of the Catalog."""

    tables: Set[TableName]
    late: Set[TableName]  # functions that need a table themselves, so that tables cannot call them when they are made
    identities: Identities
    owned: dict[TableName, list[Sequence]]  # table -> the sequences that its columns own, identities left out


def table_statement(table: Table, around: Surroundings) -> str:
    """Return the `create table`: columns, keys, and the checks and defaults that can be said by then."""
    lines = [
        column_line(table, column, around.identities, with_default=not _is_late(around, column.default))
        for column in table.columns
    ]
    lines += key_clauses(table)
    lines += exclusion_clauses(table)
    lines += [check_clause(check) for check in table.checks if not _comes_later(check, around)]
    unlogged = "unlogged " if table.is_unlogged else ""
    partitioned = f" partition by {table.partition_key}" if table.partition_key else ""
    body = "\n" + ",\n".join(f"    {line}" for line in lines) + "\n" if lines else ""
    return f"create {unlogged}table {qualified(table.name)} ({body}){partitioned}"


def table_needs(table: Table, around: Surroundings) -> set[TableName]:
    """Return the names that must exist before the table can be made."""
    found: set[TableName] = set()
    for column in table.columns:
        found |= names_of_type(column.type)
        found |= names_in(column.generated, None if _is_late(around, column.default) else column.default)
    checks = [check.definition for check in table.checks if not _comes_later(check, around)]
    return found | names_in(table.partition_key, *checks, *(exclusion.definition for exclusion in table.exclusions))


def finishing_statements(table: Table, around: Surroundings) -> Iterator[str]:
    """Yield what follows once all tables are there: from late defaults and repeated keys to comments and parents."""
    for column in table.columns:
        if _is_late(around, column.default):
            yield _default_statement(table, column)
    for check in table.checks:
        if _comes_later(check, around):
            yield add_constraint(table, check_clause(check))
    for clause in repeated_key_clauses(table):
        yield add_constraint(table, clause)
    yield from index_statements(table)
    for sequence in around.owned.get(table.name, ()):
        yield owner_statement(sequence)
    yield from inherit_statements(table, around.tables)
    yield from table_comments(table)


def _default_statement(table: Table, column: Column) -> str:
    return f"alter table {qualified(table.name)} alter column {identifier(column.name)} set default {column.default}"


def _comes_later(check: Check, around: Surroundings) -> bool:
    # `create table` takes a NOT VALID check for a valid one: there are no rows yet.
    return not check.is_valid or _is_late(around, check.definition)


def _is_late(around: Surroundings, text: str | None) -> bool:
    return bool(around.late) and text is not None and not around.late.isdisjoint(names_in(text))
