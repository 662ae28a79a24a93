"""Tables and columns -> the SQL that counts the rows in the way of a constraint, and the SQL that shows them.

Plain SQL that both engines take; every name is quoted.
"""

from __future__ import annotations

from onboard.catalog.structure import ForeignKey, TableName
from onboard.migrations.ddl.quoting import identifier, identifiers, qualified
from onboard.migrations.tighten.gap import Question


def nulls(table: TableName, columns: tuple[str, ...]) -> Question:
    """Ask for rows that hold NULL in one of the columns."""
    condition = " or ".join(f"{identifier(column)} is null" for column in columns)
    source = f"from {qualified(table)} where {condition}"
    return Question("NULLs", f"select count(*) {source}", f"select * {source}")


def duplicates(table: TableName, columns: tuple[str, ...]) -> Question:
    """Ask for rows beyond the first of each combination of values without NULL."""
    names = identifiers(columns)
    is_set = " and ".join(f"{identifier(column)} is not null" for column in columns)
    groups = (
        f"select {names}, count(*) as n from {qualified(table)} where {is_set} group by {names} having count(*) > 1"
    )
    return Question("duplicates", f"select coalesce(sum(n - 1), 0) from ({groups}) as groups", groups)


def orphans(table: TableName, key: ForeignKey) -> Question:
    """Ask for rows whose values, none of them NULL, the table they refer to does not hold."""
    pairs = zip(key.columns, key.referenced_columns, strict=True)
    is_set = " and ".join(f"c.{identifier(column)} is not null" for column in key.columns)
    same = " and ".join(f"p.{identifier(there)} = c.{identifier(here)}" for here, there in pairs)
    source = (
        f"from {qualified(table)} c where {is_set}"
        f" and not exists (select 1 from {qualified(key.references)} p where {same})"
    )
    return Question("orphans", f"select count(*) {source}", f"select c.* {source}")
