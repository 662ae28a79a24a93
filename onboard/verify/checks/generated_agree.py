"""A GeneratedField stands over a generated column, with the same expression and kept the same way."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.catalog.structure import Column
from onboard.verify.check import Check, Held
from onboard.verify.claims import ClaimedColumn
from onboard.verify.differences import Difference, Severity


def _find(held: Held) -> Iterator[Difference]:
    for claimed in held.claimed.columns:
        actual = held.columns.get(claimed.name)
        if actual is None:
            continue
        # The database numbers the column itself, whatever an insert says: no expression makes it.
        is_numbered = actual.identity == "always" and claimed.generated in (None, "NULL")
        if claimed.is_generated and actual.generated is None and not is_numbered:
            yield _differs(held, claimed, actual, "generated_missing", Severity.BREAKS)
        elif actual.generated is not None and not claimed.is_generated:
            yield _differs(held, claimed, actual, "generated_unclaimed", Severity.BREAKS)
        elif actual.generated is not None and not _agree(held, claimed, actual):
            yield _differs(held, claimed, actual, "generated_differs", Severity.LIES)


def _agree(held: Held, claimed: ClaimedColumn, actual: Column) -> bool:
    if claimed.is_stored is not actual.is_stored:
        return False
    return claimed.generated is None or held.may_be_same(claimed.generated, actual.generated or "")


def _differs(held: Held, claimed: ClaimedColumn, actual: Column, kind: str, severity: Severity) -> Difference:
    return held.differs(
        kind,
        severity,
        claimed.name,
        model=_worded(claimed.is_generated, claimed.generated, claimed.is_stored),
        database=_worded(actual.generated is not None, actual.generated, actual.is_stored),
        remedy="Make the field a `GeneratedField` with the column's expression, or a plain field where it has none.",
    )


def _worded(is_generated: bool, expression: str | None, is_stored: bool) -> str:
    if not is_generated:
        return "not generated"
    return f"generated {'stored' if is_stored else 'virtual'}" + (f" as `{expression}`" if expression else "")


CHECK = Check(("generated_missing", "generated_unclaimed", "generated_differs"), _find)
