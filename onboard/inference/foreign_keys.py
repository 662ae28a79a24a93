"""Gathers the possible foreign keys of every column that declares none, measured and weighed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onboard.catalog.structure import TableKind, TableName
from onboard.inference.candidates import Edge, KeyIndex, Relation
from onboard.inference.schema import ColumnView, Schema
from onboard.inference.score import measure, shares, weigh
from onboard.inference.situation import Situation
from onboard.inference.type_classes import TypeClass

_PLAINLY = 0.5
_PATIENCE = 3  # columns before a habit is believed
_NEVER = (TypeClass.OTHER, TypeClass.DATE, TypeClass.ENUM)


@dataclass(slots=True, eq=False)
class Choice:
    """What one column may refer to."""

    child: ColumnView
    edges: list[Edge]

    def ranked(self) -> list[tuple[Edge, float]]:
        """The edges with their shares of confidence, best first."""
        confidence = shares([edge.logit for edge in self.edges])
        pairs = zip(self.edges, confidence, strict=True)
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0].parent.table.name, pair[0].parent.names))


def open_columns(schema: Schema) -> Iterable[ColumnView]:
    """Return the columns that may hold an undeclared foreign key: of a fit type, not drawn from a sequence."""
    for table in schema.tables:
        if table.table.kind is TableKind.FOREIGN:
            continue
        taken = {key.columns[0] for key in table.table.foreign_keys if len(key.columns) == 1}
        for column in table.columns:
            drawn = column.column.identity or column.column.sequence or column.column.generated is not None
            if column.type_class not in _NEVER and not drawn and column.name not in taken:
                yield column


def find_choices(schema: Schema, situation: Situation) -> list[Choice]:
    """Return the choices of all columns whose names lead anywhere, measured but not yet weighed."""
    index = KeyIndex(schema)
    found = []
    for column in open_columns(schema):
        edges = index.edges(column)
        if edges:
            found.append(Choice(column, edges))
    _learn_habits(situation, found)
    for choice in found:
        for edge in choice.edges:
            measure(edge, situation)
    return found


def _learn_habits(situation: Situation, choices: Iterable[Choice]) -> None:
    """Note how columns that are plainly named after a key look in this database."""
    plain = [
        choice.child
        for choice in choices
        if not choice.child.in_primary_key
        and any(edge.relation in (Relation.TABLE, Relation.SAME_AS_KEY) for edge in choice.edges)
    ]
    total = len(plain) + _PATIENCE
    situation.index_habit = sum(column.is_indexed for column in plain) / total
    situation.suffix_habit = sum(bool(column.words.suffix) for column in plain) / total
    situation.common_prefix = situation.schema.common_prefix


def weigh_choices(choices: Iterable[Choice], weight: Mapping[str, float]) -> None:
    """Fill in the log-odds of every edge."""
    for choice in choices:
        for edge in choice.edges:
            weigh(edge, weight)


def plain_references(schema: Schema, choices: Iterable[Choice]) -> Counter[tuple[TableName, str]]:
    """Return how many columns refer to each key, declared or plainly so."""
    found: Counter[tuple[TableName, str]] = Counter()
    for table in schema.tables:
        for key in table.table.foreign_keys:
            if len(key.columns) == 1:
                found[key.references, key.referenced_columns[0]] += 1
    for choice in choices:
        for edge, share in choice.ranked()[:1]:
            if share > _PLAINLY:
                found[edge.parent.table.name, edge.parent.only.name] += 1
    return found
