"""Catalog, Proposals and Person -> the keys that will be used: declared ones, and inferred ones that are accepted.

What a relation could not be in Django is not used: one that points at itself, at a table without a model, at columns
that are no key of it, or in a circle of keys that are each other's type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from onboard.catalog.generated_key import has_generated_key
from onboard.catalog.structure import Catalog, ForeignKey, Table, TableName
from onboard.decisions.decisions import KeyDecision
from onboard.decisions.statements import Person
from onboard.inference.answers import ForeignKeyAnswer
from onboard.inference.proposals import ForeignKeyProposal, Origin, PrimaryKeyProposal, Proposals


@dataclass(frozen=True, slots=True)
class UsedRelation:
    """A foreign key that becomes a relation, before it has a name."""

    table: TableName
    columns: tuple[str, ...]
    references: TableName
    referenced_columns: tuple[str, ...]
    origin: Origin
    on_delete: str = "no action"
    orphans: int | None = None
    confidence: float = 1.0
    is_one_to_one: bool = False
    rank: int = (
        0  # which of two on one column is kept: 0 declared, 1 declared but not valid, 2 the person's, 3 inferred
    )

    @property
    def identity(self) -> tuple[TableName, tuple[str, ...], TableName, tuple[str, ...]]:
        """What makes it the same key as another."""
        return self.table, self.columns, self.references, self.referenced_columns


@dataclass(frozen=True, slots=True)
class UsedKeys:
    """The keys of every table that gets a model."""

    primary_keys: Mapping[TableName, KeyDecision]
    relations: Mapping[TableName, tuple[UsedRelation, ...]]  # in column order


def used_keys(catalog: Catalog, proposals: Proposals, person: Person) -> UsedKeys:
    """Return the keys that `generate` will use as things stand."""
    tables = {table.name: table for table in catalog.tables}
    primary_keys = dict(_primary_keys(catalog, proposals, person))
    keys = {table.name: _unique_column_sets(table, primary_keys.get(table.name)) for table in catalog.tables}
    found = [*_declared(catalog), *_inferred(proposals, person)]
    sound = [
        relation
        for relation in _distinct(found)
        if relation.references in tables
        and (relation.references, relation.referenced_columns) != (relation.table, relation.columns)
        and frozenset(relation.referenced_columns) in keys[relation.references]
    ]
    kept = _without_circles(_one_a_column(sound))
    relations: dict[TableName, list[UsedRelation]] = {}
    for relation in kept:
        relations.setdefault(relation.table, []).append(_with_uniqueness(relation, keys[relation.table]))
    return UsedKeys(primary_keys, {name: _in_column_order(tables[name], found) for name, found in relations.items()})


def answer_of(
    relation: ForeignKeyProposal, answers: Mapping[tuple[TableName, tuple[str, ...]], list[ForeignKeyAnswer]]
) -> bool | None:
    """Return the person's word on a proposed foreign key, None where they said nothing."""
    for answer in answers.get((relation.table, relation.columns), []):
        same = (answer.references, answer.referenced_columns) == (relation.references, relation.referenced_columns)
        if same:
            return answer.use
        if answer.use:
            return False  # these columns mean something else, the person says
    return None


def _primary_keys(catalog: Catalog, proposals: Proposals, person: Person) -> Iterator[tuple[TableName, KeyDecision]]:
    yes = {answer.table: answer.columns for answer in person.answers.primary_keys if answer.use}
    no = {(answer.table, answer.columns) for answer in person.answers.primary_keys if not answer.use}
    proposed: dict[TableName, list[PrimaryKeyProposal]] = {}
    for proposal in proposals.primary_keys:
        proposed.setdefault(proposal.table, []).append(proposal)
    for table in catalog.tables:
        if table.primary_key is not None:
            if not has_generated_key(table):
                yield table.name, KeyDecision(table.primary_key.columns, Origin.DECLARED)
            continue
        ranked = sorted(proposed.get(table.name, []), key=lambda found: (-found.confidence, found.columns))
        if table.name in yes:
            confidence = next((one.confidence for one in ranked if one.columns == yes[table.name]), 1.0)
            yield table.name, KeyDecision(yes[table.name], Origin.INFERRED, confidence)
            continue
        allowed = [one for one in ranked if (one.table, one.columns) not in no and one.confidence >= person.threshold]
        if allowed:
            yield table.name, KeyDecision(allowed[0].columns, Origin.INFERRED, allowed[0].confidence)


def _declared(catalog: Catalog) -> Iterator[UsedRelation]:
    for table in catalog.tables:
        for key in table.foreign_keys:
            yield _of_declared(table, key)


def _of_declared(table: Table, key: ForeignKey) -> UsedRelation:
    return UsedRelation(
        table.name,
        key.columns,
        key.references,
        key.referenced_columns,
        Origin.DECLARED,
        on_delete=key.on_delete,
        rank=0 if key.is_valid else 1,
    )


def _inferred(proposals: Proposals, person: Person) -> Iterator[UsedRelation]:
    answers: dict[tuple[TableName, tuple[str, ...]], list[ForeignKeyAnswer]] = {}
    for answer in person.answers.foreign_keys:
        answers.setdefault((answer.table, answer.columns), []).append(answer)
    measured = {(one.table, one.columns, one.references, one.referenced_columns): one for one in proposals.foreign_keys}
    for proposal in proposals.foreign_keys:
        if answer_of(proposal, answers) is None and proposal.confidence >= person.threshold:
            yield _of_proposal(proposal, rank=3)
    for answer in person.answers.foreign_keys:
        if not answer.use:
            continue
        identity = (answer.table, answer.columns, answer.references, answer.referenced_columns)
        proposed = measured.get(identity) or ForeignKeyProposal(*identity, confidence=1.0)
        yield _of_proposal(proposed, rank=2)


def _of_proposal(proposal: ForeignKeyProposal, *, rank: int) -> UsedRelation:
    return UsedRelation(
        proposal.table,
        proposal.columns,
        proposal.references,
        proposal.referenced_columns,
        Origin.INFERRED,
        orphans=proposal.facts.orphans,
        confidence=proposal.confidence,
        rank=rank,
    )


def _preference(relation: UsedRelation) -> tuple[int, float, TableName, tuple[str, ...], tuple[str, ...]]:
    return relation.rank, -relation.confidence, relation.references, relation.columns, relation.referenced_columns


def _distinct(relations: Iterable[UsedRelation]) -> list[UsedRelation]:
    best: dict[object, UsedRelation] = {}
    for relation in sorted(relations, key=_preference):
        best.setdefault(relation.identity, relation)
    return list(best.values())


def _one_a_column(relations: Iterable[UsedRelation]) -> list[UsedRelation]:
    """Keep the best relation of each single column; those of several columns stand beside them."""
    kept: dict[object, UsedRelation] = {}
    for relation in sorted(relations, key=_preference):
        place = (relation.table, relation.columns) if len(relation.columns) == 1 else relation.identity
        kept.setdefault(place, relation)
    return list(kept.values())


def _without_circles(relations: list[UsedRelation]) -> list[UsedRelation]:
    """Drop the weakest of relations that would each take their type from the next, round in a circle."""
    kept: list[UsedRelation] = []
    step: dict[tuple[TableName, str], tuple[TableName, str]] = {}
    for relation in sorted(relations, key=_preference):
        if len(relation.columns) > 1:
            kept.append(relation)
            continue
        start = (relation.table, relation.columns[0])
        step[start] = (relation.references, relation.referenced_columns[0])
        if _comes_back(step, start):
            del step[start]
            continue
        kept.append(relation)
    return kept


def _comes_back(step: Mapping[tuple[TableName, str], tuple[TableName, str]], start: tuple[TableName, str]) -> bool:
    place = step[start]
    while place != start:
        if place not in step:
            return False
        place = step[place]
    return True


def _unique_column_sets(table: Table, primary_key: KeyDecision | None) -> frozenset[frozenset[str]]:
    """Return the column sets of which no two rows have the same values."""
    found = {frozenset(key.columns) for key in table.uniques}
    found |= {frozenset(one.columns) for one in table.indexes if one.is_unique and one.is_plain and one.is_valid}
    if primary_key is not None:
        found.add(frozenset(primary_key.columns))
    return frozenset(found)


def _with_uniqueness(relation: UsedRelation, keys: frozenset[frozenset[str]]) -> UsedRelation:
    return replace(relation, is_one_to_one=frozenset(relation.columns) in keys)


def _in_column_order(table: Table, relations: list[UsedRelation]) -> tuple[UsedRelation, ...]:
    position = {column.name: place for place, column in enumerate(table.columns)}
    return tuple(sorted(relations, key=lambda one: ([position[column] for column in one.columns], _preference(one))))
