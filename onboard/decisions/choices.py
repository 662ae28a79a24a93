"""The person's `[[choices]]` -> members of a choices class: (member, value, label), in the order of the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onboard.catalog.structure import TableName
from onboard.decisions.fragments import fragments
from onboard.decisions.identifiers import numbered_snake, snake
from onboard.decisions.settle import claimant, settle
from onboard.decisions.statements import GivenChoices

Members = tuple[tuple[str, str, str], ...]


def accepted_choices(given: Iterable[GivenChoices]) -> Mapping[TableName, tuple[tuple[str, Members], ...]]:
    """Return the choices of each table's columns, by column; of two sections on one column the later counts."""
    found: dict[TableName, dict[str, Members]] = {}
    for one in given:
        if one.table is not None and one.column is not None and one.flag is None:
            found.setdefault(one.table, {})[one.column] = _members(one.values)
    return {table: tuple(sorted(columns.items())) for table, columns in found.items()}


def accepted_flags(given: Iterable[GivenChoices]) -> Mapping[TableName, tuple[tuple[str, str, str], ...]]:
    """Return each table's flags, by column: (column, what means true, what means false)."""
    found: dict[TableName, dict[str, tuple[str, str]]] = {}
    for one in given:
        if one.table is not None and one.column is not None and one.flag is not None:
            found.setdefault(one.table, {})[one.column] = one.flag
    return {table: tuple((name, *flag) for name, flag in sorted(flags.items())) for table, flags in found.items()}


def _members(values: tuple[tuple[str, str], ...]) -> Members:
    """Return a member for each value, named after its label, else its value: upper-case, so that no keyword is met."""
    names = settle(
        [
            claimant(value, (snake(words, empty="value").upper() for words in (fragments(label), fragments(value))))
            for value, label in values
        ],
        taken=(),
        claims=lambda _value, name: frozenset((name,)),
        numbered=numbered_snake,
        order=lambda value: value,
    )
    return tuple((names[value], value, label) for value, label in values)
