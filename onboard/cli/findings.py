"""Catalog, Proposals and Person -> what a person should look at first, and what Django will not know.

Each finding is one line about one table; the terminal shows the first of them, `onboard report` all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onboard.decisions.keys import UsedKeys, used_keys
from onboard.decisions.person import resolved
from onboard.inference.proposals import Origin
from onboard.inference.review import Question, review_queue

if TYPE_CHECKING:
    from onboard.catalog.structure import Catalog, Table, TableName
    from onboard.decisions.person import Person
    from onboard.inference.proposals import Proposals


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
    look += [*_orphans(catalog, keys), *_notes(proposals)]
    unknown = [finding for table in catalog.tables for finding in _unknown(table)] + list(_shared_sequences(catalog))
    left_out = [Finding("left out", str(one.name), one.reason) for one in catalog.left_out]
    unknown.sort(key=lambda one: (one.kind, one.place))
    return Findings(tuple(look), tuple(unknown), tuple(left_out), keys)


def is_deliberate(finding: Finding) -> bool:
    """Whether something was left out because it is nobody's table, not because it could not be read."""
    return finding.sentence.startswith(("belongs to ", "is a virtual table"))


def _keyless(catalog: Catalog, keys: UsedKeys) -> Iterator[Finding]:
    for table in catalog.tables:
        if table.name not in keys.primary_keys and not table.is_view:
            yield Finding("no key", str(table.name), "has no primary key: its model can be read but not saved")


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


def _orphans(catalog: Catalog, keys: UsedKeys) -> Iterator[Finding]:
    for table in catalog.tables:
        for relation in keys.relations.get(table.name, ()):
            if relation.origin is Origin.INFERRED and relation.orphans:
                words = f"{relation.orphans:,} rows refer to no row of {relation.references}"
                yield Finding("orphans", _place(table.name, relation.columns), words)


def _notes(proposals: Proposals) -> Iterator[Finding]:
    for note in proposals.notes:
        yield Finding(note.kind, _place(note.table, note.columns), note.sentence)


def _unknown(table: Table) -> Iterator[Finding]:
    place = str(table.name)
    if table.triggers:
        yield Finding("trigger", place, _names(table.triggers))
    if table.rules:
        yield Finding("rule", place, _names(table.rules))
    if table.policies or table.has_row_security:
        yield Finding("row security", place, _names(table.policies) or "is on, without policies")
    if table.partition_key is not None:
        yield Finding("partitions", place, f"by {table.partition_key}, {len(table.partitions)} partitions")
    if table.parents:
        yield Finding("inheritance", place, f"inherits from {_names(str(parent) for parent in table.parents)}")
    for exclusion in table.exclusions:
        yield Finding("exclusion", place, f"{exclusion.name}: checked by the database alone")
    for index in table.indexes:
        if not index.is_valid:
            yield Finding("invalid index", place, f"{index.name} is not valid and is not used")
    for key in table.foreign_keys:
        if not key.is_valid:
            yield Finding("not validated", place, f"{key.name} does not hold for rows that were there before it")


def _shared_sequences(catalog: Catalog) -> Iterator[Finding]:
    drawn: Counter[TableName] = Counter()
    for table in catalog.tables:
        drawn.update(column.sequence for column in table.columns if column.sequence is not None)
    for sequence, count in sorted(drawn.items()):
        if count > 1:
            yield Finding("shared sequence", str(sequence), f"{count} columns draw from it")


def _place(table: TableName, columns: Iterable[str]) -> str:
    return f"{table}.{', '.join(columns)}"


def _names(names: Iterable[str]) -> str:
    return ", ".join(names)
