"""An AutoField's column numbers its rows: an identity, a default, or SQLite's row number."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.catalog.structure import Column
from onboard.verify.check import Check, Held
from onboard.verify.claims import ClaimedColumn
from onboard.verify.differences import Difference, Severity


def _find(held: Held) -> Iterator[Difference]:
    for claimed in held.claimed.columns:
        actual = held.columns.get(claimed.name)
        if actual is None or not claimed.is_auto:
            continue
        if not _is_numbered(held, actual):
            yield _missing(held, claimed)


def _is_numbered(held: Held, column: Column) -> bool:
    if held.engine == "sqlite":
        key = held.table.primary_key
        return key is not None and key.columns == (column.name,) and column.type.sql.lower() == "integer"
    return bool(column.identity) or column.default is not None


def _missing(held: Held, claimed: ClaimedColumn) -> Difference:
    return held.differs(
        "numbering_missing",
        Severity.BREAKS,
        claimed.name,
        model=f"`{claimed.field}` is numbered by the database",
        database="neither an identity nor a default",
        remedy="Make it a plain integer field, or give the column an identity.",
    )


CHECK = Check(("numbering_missing",), _find)
