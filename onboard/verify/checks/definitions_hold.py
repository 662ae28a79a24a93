"""Every constraint that the model keeps in the database's own words is there, in words that mean the same."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.verify.check import Check, Held
from onboard.verify.claims import ClaimedDefinition
from onboard.verify.differences import Difference, Severity
from onboard.verify.expression_truth import Reading


def _find(held: Held) -> Iterator[Difference]:
    actual = _definitions(held)
    by_name = dict(actual)
    for claimed in held.claimed.definitions:
        if claimed.name in by_name:
            if not held.may_be_same(claimed.definition, by_name[claimed.name], Reading.CHECK):
                yield _differs(held, claimed, "definition_differs", f"`{by_name[claimed.name]}`")
        elif not any(held.is_alike(claimed.definition, words, Reading.CHECK) for _, words in actual):
            yield _differs(held, claimed, "definition_missing", "no such constraint")


def _definitions(held: Held) -> list[tuple[str, str]]:
    """Every constraint by name; a check without words of its own is worded as the model words it."""
    table = held.table
    found = [(check.name, check.definition or f"CHECK ({check.expression})") for check in table.checks]
    found += [(unique.name, unique.definition) for unique in table.uniques]
    found += [(exclusion.name, exclusion.definition) for exclusion in table.exclusions]
    found += [(key.name, key.definition) for key in table.foreign_keys]
    return [(name, definition) for name, definition in found if definition]


def _differs(held: Held, claimed: ClaimedDefinition, kind: str, database: str) -> Difference:
    return held.differs(
        kind,
        Severity.LIES,
        claimed.name,
        model=f"`{claimed.definition}`",
        database=database,
        remedy="Run `onboard scan` and `onboard generate`, or take the constraint out of `Meta.constraints`.",
    )


CHECK = Check(("definition_missing", "definition_differs"), _find)
