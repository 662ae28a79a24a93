"""Catalog, Proposals and Person -> what a person should look at first, and what Django will not know.

Each finding is one line about one table; the terminal shows the first of them, `onboard report` all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onboard.catalog.generated_key import has_generated_key
from onboard.decisions.keys import UsedKeys, used_keys
from onboard.decisions.person import resolved
from onboard.decisions.unknown import unknown_to_django
from onboard.inference.proposals import Origin
from onboard.inference.review import Question, review_queue

if TYPE_CHECKING:
    from onboard.catalog.structure import Catalog, TableName
    from onboard.decisions.person import Person
    from onboard.inference.proposals import Proposals


# What people add to the name of a table that they copy, or put aside: `orders_bak`, `tmp_load`, `sales_20240101`.
_LEFT_BEHIND = re.compile(
    r"(?:^|_)(?:bak|backup|bkp|tmp|temp|copy|orig|dump|obsolete|deprecated|trash)(?:_?\d*$|_)|_old$|_(?:19|20)\d{6}$"
)
_OF_A_TABLE = "has no primary key: its model can be read but not saved"
_OF_A_GENERATED_KEY = "has a generated column in its key of several: its model can be read but not saved"
_OF_A_VIEW = (
    "is a view: it gets a model once a `[[primary_key]]` of onboard.toml says which columns tell its rows apart"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth knowing: what kind of thing, where, and in words."""

    kind: str
    place: str  # `schema.table` or `schema.table.column`
    sentence: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All findings of one scan."""

    look_first: tuple[Finding, ...]  # the most pressing first
    unknown_to_django: tuple[Finding, ...]  # by kind, then place
    left_out: tuple[Finding, ...]  # relations that the scan holds nothing of
    keys: UsedKeys


def findings(catalog: Catalog, proposals: Proposals, person: Person) -> Findings:
    """Return what a scan found; BadInput where `onboard.toml` names something that is not there."""
    person = resolved(person, catalog)
    keys = used_keys(catalog, proposals, person)
    look = [*_keyless(catalog, keys), *_unread(catalog, proposals), *_doubtful(proposals, person, keys)]
    look += [*_orphans(catalog, proposals, keys), *_leftovers(catalog), *_notes(proposals)]
    unknown = [Finding(one.kind, _place(one.place, one.columns), one.sentence) for one in unknown_to_django(catalog)]
    left_out = [Finding("left out", str(one.name), one.reason) for one in catalog.left_out]
    return Findings(tuple(look), tuple(unknown), tuple(left_out), keys)


def is_deliberate(finding: Finding) -> bool:
    """Whether something was left out because it is nobody's table, not because it could not be read."""
    return finding.sentence.startswith(("belongs to ", "is a virtual table"))


def _keyless(catalog: Catalog, keys: UsedKeys) -> Iterator[Finding]:
    for table in catalog.tables:
        if table.name not in keys.primary_keys:
            of_a_table = _OF_A_GENERATED_KEY if has_generated_key(table) else _OF_A_TABLE
            yield Finding("no key", str(table.name), _OF_A_VIEW if table.is_view else of_a_table)


def _unread(catalog: Catalog, proposals: Proposals) -> Iterator[Finding]:
    named = {name for name, _ in proposals.left_out}
    for name, reason in proposals.left_out:
        yield Finding("rows not read", str(name), reason)
    for table in catalog.tables:
        if not table.is_readable and table.name not in named:
            yield Finding("no rights", str(table.name), "the scanning role may not read its rows")


def _doubtful(proposals: Proposals, person: Person, keys: UsedKeys) -> Iterator[Finding]:
    """Yield the open questions on keys that nobody has ruled on, the one that settles most first."""
    answered = {(one.table, one.columns) for one in person.answers.foreign_keys}
    answered |= {(one.table, one.columns) for one in person.answers.primary_keys}
    used = {(one.table, one.columns) for relations in keys.relations.values() for one in relations}
    used |= {(table, key.columns) for table, key in keys.primary_keys.items()}
    for question in review_queue(proposals, threshold=person.threshold):
        if (question.table, question.columns) not in answered:
            is_used = (question.table, question.columns) in used
            kind = "used key" if is_used else "possible key"
            yield Finding(kind, _place(question.table, question.columns), _said(question, is_used))


def _said(question: Question, is_used: bool) -> str:
    if question.references is None:
        what = "is taken for the primary key" if is_used else "may be the primary key"
    else:
        verb = "refers" if is_used else "may refer"
        what = f"{verb} to {question.references}({', '.join(question.referenced_columns)})"
    settles = f"; settles {question.settles} columns" if question.settles > 1 else ""
    return f"{what}, {question.confidence:.2f}{settles}"


def _orphans(catalog: Catalog, proposals: Proposals, keys: UsedKeys) -> Iterator[Finding]:
    sampled = {(one.table, one.columns) for one in proposals.foreign_keys if not one.facts.is_exact}
    for table in catalog.tables:
        for relation in keys.relations.get(table.name, ()):
            if relation.origin is Origin.INFERRED and relation.orphans:
                counted = (
                    f"{relation.orphans:,} sampled"
                    if (table.name, relation.columns) in sampled
                    else f"{relation.orphans:,}"
                )
                words = f"{counted} rows refer to no row of {relation.references}"
                yield Finding("orphans", _place(table.name, relation.columns), words)


def _leftovers(catalog: Catalog) -> Iterator[Finding]:
    for table in catalog.tables:
        if not table.is_view and _LEFT_BEHIND.search(table.name.name.lower()):
            words = f"may be a copy left behind; `onboard scan --exclude {table.name.name}` leaves it out"
            yield Finding("leftover", str(table.name), words)


def _notes(proposals: Proposals) -> Iterator[Finding]:
    for note in proposals.notes:
        yield Finding(note.kind, _place(note.table, note.columns), note.sentence)


def _place(table: TableName, columns: Iterable[str]) -> str:
    return ".".join(filter(None, (str(table), ", ".join(columns))))
