"""Person and Catalog -> the Person whose tables and columns are found, and what no longer is.

A key that scan wrote once and whose table or column is gone is stale: it is reported and has no say. One that only the
person wrote, and any name, must be found: it is a slip of the pen or a left-over, and BadInput says which line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from onboard.catalog.structure import Catalog
from onboard.decisions.read_toml import at_line
from onboard.decisions.scan_mark import is_as_scanned, was_scanned
from onboard.decisions.spelling import Spellings
from onboard.decisions.statements import GivenChoices, GivenName, KeyEntry, Person, where
from onboard.errors import BadInput
from onboard.inference.answers import Answers, ForeignKeyAnswer, PrimaryKeyAnswer


@dataclass(frozen=True, slots=True)
class StaleAnswer:
    """An answer about a table or column that the catalogue does not hold."""

    where: str  # `onboard.toml:41`
    problem: str


def resolved(person: Person, catalog: Catalog) -> Person:
    """Return the person's word on this catalogue; BadInput for what it does not hold, but for stale answers."""
    if not (person.entries or person.names or person.choices):
        return person
    spellings = Spellings(catalog)
    primary_keys, foreign_keys = [], []
    for entry in person.entries:
        if is_as_scanned(entry) or _stale(entry, spellings) is not None:
            continue
        if entry.kind == "primary_key":
            primary_keys.append(at_line(entry.line, partial(primary_key_answer, entry, spellings)))
        else:
            foreign_keys.append(at_line(entry.line, partial(foreign_key_answer, entry, spellings)))
    return replace(
        person,
        answers=Answers(tuple(primary_keys), tuple(foreign_keys)),
        names=tuple(_resolved_name(given, spellings) for given in person.names),
        choices=tuple(_resolved_choices(given, spellings) for given in person.choices),
    )


def stale_answers(person: Person, catalog: Catalog) -> tuple[StaleAnswer, ...]:
    """Return the person's answers that scan once wrote and whose table or column is gone, in the order of the file."""
    spellings = Spellings(catalog)
    found = []
    for entry in sorted(person.entries, key=lambda entry: entry.line):
        problem = None if is_as_scanned(entry) else _stale(entry, spellings)
        if problem is not None:
            found.append(StaleAnswer(where(entry.line), problem))
    return tuple(found)


def primary_key_answer(entry: KeyEntry, spellings: Spellings) -> PrimaryKeyAnswer:
    """Return the answer that an entry is; BadInput where the table or a column is not known."""
    table = spellings.table(entry.table)
    return PrimaryKeyAnswer(table, tuple(spellings.column(table, column) for column in entry.columns), entry.use)


def foreign_key_answer(entry: KeyEntry, spellings: Spellings) -> ForeignKeyAnswer:
    """Return the answer that an entry is; BadInput where a table or a column is not known."""
    table = spellings.table(entry.table)
    columns = tuple(spellings.column(table, column) for column in entry.columns)
    return ForeignKeyAnswer(table, columns, *spellings.key(entry.references), entry.use)


def _stale(entry: KeyEntry, spellings: Spellings) -> str | None:
    if not was_scanned(entry):
        return None
    try:
        if entry.kind == "primary_key":
            primary_key_answer(entry, spellings)
        else:
            foreign_key_answer(entry, spellings)
    except BadInput as error:
        return error.problem
    return None


def _resolved_name(given: GivenName, spellings: Spellings) -> GivenName:
    table, column = at_line(given.line, lambda: spellings.table_or_column(given.key))
    return replace(given, table=table, column=column)


def _resolved_choices(given: GivenChoices, spellings: Spellings) -> GivenChoices:
    table, column = at_line(given.line, lambda: spellings.table_or_column(given.key))
    if column is None:
        raise BadInput(f"`{given.key}` is a table, not a column.", where=where(given.line))
    return replace(given, table=table, column=column)
