"""Every column the model names is there, and every column that is there has a field."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.catalog.structure import Column
from onboard.verify.check import Check, Held
from onboard.verify.differences import Difference, Severity


def _find(held: Held) -> Iterator[Difference]:
    claimed = {column.name: column for column in held.claimed.columns}
    for name, column in claimed.items():
        if name not in held.columns:
            yield held.differs(
                "column_missing",
                Severity.BREAKS,
                name,
                model=f"field `{column.field}`",
                database="no such column",
                remedy=f"Take the field out of `{held.claimed.model}`, or bring the column back.",
            )
    for name, actual in held.columns.items():
        if name not in claimed:
            yield _unclaimed(held, actual)


def _unclaimed(held: Held, column: Column) -> Difference:
    has_value = column.is_nullable or column.default is not None or column.identity or column.generated is not None
    return held.differs(
        "column_unclaimed",
        Severity.LIES if has_value else Severity.BREAKS,
        column.name,
        model="no field",
        database=f"`{column.type.sql}`" + ("" if has_value else ", not null, without a default: inserts fail"),
        remedy="Run `onboard scan` and `onboard generate` to add the field.",
    )


CHECK = Check(("column_missing", "column_unclaimed"), _find)
