"""Expressions that are neither the same nor different by their words: named, and never taken for the same."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.verify.check import Check, Held
from onboard.verify.differences import Difference, Severity
from onboard.verify.expression_truth import Reading
from onboard.verify.expressions import Agreement

Pair = tuple[str, str | None, str | None, Reading]  # (place, the model's words, the database's, what NULL means)


def _find(held: Held) -> Iterator[Difference]:
    for place, claimed, actual, reading in _pairs(held):
        if claimed and actual and held.compares(claimed, actual, reading) is Agreement.UNCOMPARED:
            yield held.differs(
                "expression_uncompared",
                Severity.UNSURE,
                place,
                model=f"`{claimed}`",
                database=f"`{actual}`",
                remedy="Look whether both mean the same.",
            )


def _pairs(held: Held) -> Iterator[Pair]:
    for column in held.claimed.columns:
        if actual := held.columns.get(column.name):
            is_plain = actual.generated is None and actual.sequence is None and not column.is_auto
            if column.has_default and is_plain:
                yield column.name, column.default, actual.default, Reading.VALUE
            yield column.name, column.generated, actual.generated, Reading.VALUE
    checks = {check.name: check for check in held.table.checks if check.name}
    for check in held.claimed.checks:
        if check.name in checks:
            yield check.name, check.expression, checks[check.name].expression, Reading.CHECK
    indexes = {index.name: index for index in held.table.indexes}
    conditions = [(one.name or "", one.condition) for one in held.claimed.indexes]
    conditions += [(one.name or "", one.condition) for one in held.claimed.uniques]
    for name, condition in conditions:
        if name in indexes:
            yield name, condition, indexes[name].predicate, Reading.FILTER
    for definition in held.claimed.definitions:
        if definition.name in checks:
            yield definition.name, definition.definition, checks[definition.name].definition, Reading.CHECK


CHECK = Check(("expression_uncompared",), _find)
