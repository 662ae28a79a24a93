"""Every check constraint the model names is there and means the same, and none is there that it does not name.

SQLite's checks may have no name: those are not asked for. Some fields bring a check along, under a name of Django's.
"""

from __future__ import annotations

from collections.abc import Iterator

from onboard.catalog import structure
from onboard.verify.check import Check, Held
from onboard.verify.differences import Difference, Severity
from onboard.verify.expression_truth import Reading


def _find(held: Held) -> Iterator[Difference]:
    actual = {check.name: check for check in held.table.checks if check.name}
    for claimed in held.claimed.checks:
        check = actual.get(claimed.name)
        if check is None and _has_alike(held, claimed.expression):
            continue
        if check is None:
            yield _differs(held, "check_missing", claimed.name, claimed.expression, None)
        elif claimed.expression and not held.may_be_same(claimed.expression, check.expression, Reading.CHECK):
            yield _differs(held, "check_differs", claimed.name, claimed.expression, check.expression)
    claims = [(claimed.name, claimed.expression or "") for claimed in held.claimed.checks]
    claims += [(claimed.name, claimed.definition) for claimed in held.claimed.definitions]
    for name, check in actual.items():
        if _is_a_fields(held, check):
            continue
        if not any(name == known or _is_renamed(held, known, words, check) for known, words in claims):
            yield _differs(held, "check_unclaimed", name, None, check.expression)


def _is_a_fields(held: Held, check: structure.Check) -> bool:
    """Whether a field writes it: `"total" >= 0` of a PositiveIntegerField."""
    words = [claimed.check for claimed in held.claimed.columns if claimed.check and check.columns == (claimed.name,)]
    return any(held.is_alike(word, check.expression, Reading.CHECK) for word in words)


def _is_renamed(held: Held, name: str, words: str, check: structure.Check) -> bool:
    """Whether a claim by another name is this check: two tables may have one of its name, two models may not."""
    taken = any(other.name == name for other in held.table.checks)
    return not taken and held.is_alike(words, check.expression, Reading.CHECK)


def _has_alike(held: Held, expression: str | None) -> bool:
    """Whether a check without a name, or by one the model does not use, means the same."""
    used = {claimed.name for claimed in held.claimed.checks}
    others = [check for check in held.table.checks if check.name not in used]
    return any(expression is None or held.is_alike(expression, check.expression, Reading.CHECK) for check in others)


def _differs(held: Held, kind: str, place: str, claimed: str | None, actual: str | None) -> Difference:
    return held.differs(
        kind,
        Severity.LIES,
        place,
        model=f"`{claimed}`" if claimed else ("no check" if actual else "a check by this name"),
        database=f"`{actual}`" if actual else "no check by this name",
        remedy="Make the model's `CheckConstraint` what the table has.",
    )


CHECK = Check(("check_missing", "check_differs", "check_unclaimed"), _find)
