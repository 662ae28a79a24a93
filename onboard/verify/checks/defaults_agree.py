"""A column has the default its field claims by `db_default`. What numbers rows is left to `numbering_is_there`."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.catalog.structure import Column
from onboard.verify.check import Check, Held
from onboard.verify.claims import ClaimedColumn
from onboard.verify.differences import Difference, Severity


def _find(held: Held) -> Iterator[Difference]:
    for claimed in held.claimed.columns:
        actual = held.columns.get(claimed.name)
        if actual is None or claimed.is_auto or claimed.is_generated or actual.generated is not None:
            continue
        if found := _difference(held, claimed, actual):
            yield found


def _difference(held: Held, claimed: ClaimedColumn, actual: Column) -> Difference | None:
    if claimed.has_default and actual.default is None:
        numbered = bool(actual.identity)
        return None if numbered else _differs(held, claimed, actual, "default_missing", Severity.BREAKS)
    if actual.default is None or _is_null(actual.default) or actual.sequence is not None:
        return None
    if not claimed.has_default:
        return _differs(held, claimed, actual, "default_unclaimed", Severity.LIES)
    if claimed.default is None or held.may_be_same(claimed.default, actual.default):
        return None
    return _differs(held, claimed, actual, "default_differs", Severity.LIES)


def _differs(held: Held, claimed: ClaimedColumn, actual: Column, kind: str, severity: Severity) -> Difference:
    return held.differs(
        kind,
        severity,
        claimed.name,
        model=f"`{claimed.default}`" if claimed.default else ("a default" if claimed.has_default else "no default"),
        database=f"`{actual.default}`" if actual.default is not None else "no default",
        remedy="Make `db_default` of the field say what the column has.",
    )


def _is_null(expression: str) -> bool:
    """`default null` is no default; the server may write it with a cast."""
    return expression.split("::")[0].strip().lower() == "null"


CHECK = Check(("default_missing", "default_unclaimed", "default_differs"), _find)
