"""Every relation that claims a constraint has one, to the same key, and none is there that the model denies."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.catalog.structure import ForeignKey
from onboard.verify.check import Check, Held
from onboard.verify.claims import ClaimedForeignKey
from onboard.verify.differences import Difference, Severity


def _find(held: Held) -> Iterator[Difference]:
    constrained = [claimed for claimed in held.claimed.foreign_keys if claimed.is_constrained]
    for claimed in constrained:
        if found := _claimed(held, claimed):
            yield found
    columns = {claimed.columns for claimed in constrained}
    in_words = {claimed.definition for claimed in held.claimed.definitions}
    for actual in held.table.foreign_keys:
        is_said = actual.columns in columns or actual.definition in in_words
        if len(actual.columns) == 1 and not is_said and _can_be_said(held, actual):
            yield _unclaimed(held, actual)


def _claimed(held: Held, claimed: ClaimedForeignKey) -> Difference | None:
    candidates = [actual for actual in held.table.foreign_keys if actual.columns == claimed.columns]
    if not candidates:
        return _differs(held, claimed, "foreign_key_missing", "no foreign key")
    same = [actual for actual in candidates if _target(actual) == (claimed.references, claimed.referenced_columns)]
    if not same:
        return _differs(held, claimed, "foreign_key_differs", f"to {_worded(candidates[0])}")
    if claimed.on_delete is not None and same[0].on_delete != claimed.on_delete:
        return _differs(held, claimed, "foreign_key_differs", f"on delete {same[0].on_delete}")
    return None


def _can_be_said(held: Held, actual: ForeignKey) -> bool:
    """Whether it points at a key of a scanned table; SQLite lets it point at any column, and Django does not."""
    return (actual.references, frozenset(actual.referenced_columns)) in held.keys


def _target(actual: ForeignKey) -> tuple[object, tuple[str, ...]]:
    return actual.references, actual.referenced_columns


def _worded(actual: ForeignKey) -> str:
    return f"{actual.references}({', '.join(actual.referenced_columns)})"


def _differs(held: Held, claimed: ClaimedForeignKey, kind: str, database: str) -> Difference:
    action = f", on delete {claimed.on_delete}" if claimed.on_delete else ""
    return held.differs(
        kind,
        Severity.LIES,
        ", ".join(claimed.columns),
        model=f"to {claimed.references}({', '.join(claimed.referenced_columns)}){action}",
        database=database,
        remedy="Give the field `db_constraint=False`, or the relation that the database has.",
    )


def _unclaimed(held: Held, actual: ForeignKey) -> Difference:
    return held.differs(
        "foreign_key_unclaimed",
        Severity.LIES,
        ", ".join(actual.columns),
        model="no constraint",
        database=f"`{actual.name}` to {_worded(actual)}",
        remedy="Make the field a `ForeignKey`, or take `db_constraint=False` off it.",
    )


CHECK = Check(("foreign_key_missing", "foreign_key_differs", "foreign_key_unclaimed"), _find)
