"""An AutoField's column numbers its rows: an identity, a default, or SQLite's row number.

Once Django owns the table it also finds the sequence through the column that owns it.
"""

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
        elif held.claimed.is_managed and _is_unowned(held, actual):
            yield _unowned(held, actual)


def _is_numbered(held: Held, column: Column) -> bool:
    if held.engine == "sqlite":
        key = held.table.primary_key
        return key is not None and key.columns == (column.name,) and column.type.sql.lower() == "integer"
    return bool(column.identity) or column.default is not None


def _is_unowned(held: Held, column: Column) -> bool:
    sequence = held.sequences.get(column.sequence) if column.sequence else None
    return sequence is not None and sequence.owned_by is None


def _missing(held: Held, claimed: ClaimedColumn) -> Difference:
    return held.differs(
        "numbering_missing",
        Severity.BREAKS,
        claimed.name,
        model=f"`{claimed.field}` is numbered by the database",
        database="neither an identity nor a default",
        remedy="Make it a plain integer field, or give the column an identity.",
    )


def _unowned(held: Held, column: Column) -> Difference:
    sequence = column.sequence
    return held.differs(
        "sequence_not_owned",
        Severity.COSMETIC,
        column.name,
        model="a sequence that belongs to the column",
        database=f"sequence `{sequence}` belongs to no column",
        remedy="`alter sequence ... owned by` lets `sqlsequencereset` and type changes find it.",
    )


CHECK = Check(("numbering_missing", "sequence_not_owned"), _find)
