"""Every uniqueness the model relies on is enforced, and none is that the model does not know."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.catalog.structure import Index, Key
from onboard.verify.check import Check, Held
from onboard.verify.claims import ClaimedUnique
from onboard.verify.differences import Difference, Severity
from onboard.verify.expression_truth import Reading


def _find(held: Held) -> Iterator[Difference]:
    for claimed in held.claimed.uniques:
        yield from _claimed(held, claimed)
    known = {claimed.name for claimed in held.claimed.uniques}
    known |= {claimed.name for claimed in held.claimed.indexes}
    known |= {claimed.name for claimed in held.claimed.definitions}
    columns = {frozenset(claimed.columns) for claimed in held.claimed.uniques if not claimed.is_partial}
    columns.add(frozenset(held.claimed.primary_key))
    for unique in held.table.uniques:
        if unique.name not in known and frozenset(unique.columns) not in columns:
            yield _unclaimed(held, unique)


def _claimed(held: Held, claimed: ClaimedUnique) -> Iterator[Difference]:
    key = _key(held, claimed)
    index = _index(held, claimed)
    if key is None and index is None:
        yield _differs(held, claimed, "unique_missing", "no such uniqueness")
    elif key is not None and _set(key.columns) != _set(claimed.columns):
        yield _differs(held, claimed, "unique_differs", f"unique over {_list(key.columns)}")
    elif key is not None and claimed.deferrable != _deferrable(key):
        yield _differs(held, claimed, "unique_differs", _deferrable(key) or "not deferrable")
    elif key is None and index is not None and not _agrees(held, claimed, index):
        yield _differs(held, claimed, "unique_differs", f"`{index.definition or index.name}`")


def _key(held: Held, claimed: ClaimedUnique) -> Key | None:
    keys: tuple[Key, ...] = (*held.table.uniques, *((held.table.primary_key,) if held.table.primary_key else ()))
    for key in keys:
        if claimed.name and key.name == claimed.name:
            return key
    if claimed.is_partial or not claimed.columns:
        return None
    return next((key for key in keys if _set(key.columns) == _set(claimed.columns)), None)


def _index(held: Held, claimed: ClaimedUnique) -> Index | None:
    uniques = [index for index in held.table.indexes if index.is_unique]
    for index in uniques:
        if claimed.name and index.name == claimed.name:
            return index
    if not claimed.columns:
        return None
    if claimed.is_partial:  # two schemas may use one name, which Django allows once: the model's may be another
        same = (index for index in uniques if claimed.condition and index.is_valid and _agrees(held, claimed, index))
        return next(same, None)
    plain = (index for index in uniques if index.is_plain and index.is_valid)
    return next((index for index in plain if _set(index.columns) == _set(claimed.columns)), None)


def _agrees(held: Held, claimed: ClaimedUnique, index: Index) -> bool:
    if claimed.columns and _set(index.columns) != _set(claimed.columns):
        return False
    if claimed.is_partial is not (index.predicate is not None):
        return False
    if claimed.condition is None or index.predicate is None:
        return True
    return held.may_be_same(claimed.condition, index.predicate, Reading.FILTER)


def _deferrable(key: Key) -> str | None:
    if not key.is_deferrable:
        return None
    return "deferred" if key.is_initially_deferred else "immediate"


def _differs(held: Held, claimed: ClaimedUnique, kind: str, database: str) -> Difference:
    return held.differs(
        kind,
        Severity.LIES,
        claimed.name or ", ".join(claimed.columns),
        model=f"unique over {_list(claimed.columns)}" + (f" where {claimed.condition}" if claimed.condition else ""),
        database=database,
        remedy="Make the model's uniqueness what the table enforces; a migration may add one after the promotion.",
    )


def _unclaimed(held: Held, unique: Key) -> Difference:
    return held.differs(
        "unique_unclaimed",
        Severity.LIES,
        unique.name or ", ".join(unique.columns),
        model="not unique",
        database=f"unique over {_list(unique.columns)}",
        remedy="Run `onboard scan` and `onboard generate`, or add the `UniqueConstraint` by this name.",
    )


def _set(columns: tuple[str, ...]) -> frozenset[str]:
    return frozenset(columns)


def _list(columns: tuple[str, ...]) -> str:
    return f"({', '.join(columns)})" if columns else "expressions"


CHECK = Check(("unique_missing", "unique_differs", "unique_unclaimed"), _find)
