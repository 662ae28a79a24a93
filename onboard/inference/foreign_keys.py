"""Gathers the possible foreign keys of every column that declares none, measured and weighed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from onboard.catalog.structure import TableKind, TableName
from onboard.inference.candidates import Edge, Relation
from onboard.inference.key_index import KeyIndex
from onboard.inference.proposals import Measured
from onboard.inference.schema import ColumnView, Schema
from onboard.inference.score import shares
from onboard.inference.situation import Situation
from onboard.inference.type_classes import TypeClass

_PLAINLY = 0.5
_PATIENCE = 3  # columns before a habit is believed
_PLAIN = (Relation.SAME_AS_KEY, Relation.TABLE, Relation.ENDS_WITH_KEY, Relation.ENDS_WITH_TABLE)
_NEVER = (TypeClass.OTHER, TypeClass.DATE, TypeClass.ENUM)


@dataclass(slots=True, eq=False)
class Choice:
    """What one column may refer to."""

    child: ColumnView
    edges: list[Edge]
    measured: Measured = Measured.NAMES
    _ranked: list[tuple[Edge, float]] = field(default_factory=list)

    def ranked(self) -> list[tuple[Edge, float]]:
        """The edges with their shares of confidence as last weighed, best first."""
        return self._ranked

    def rank(self) -> None:
        """Take in that the edges have been weighed."""
        confidence = shares([edge.logit for edge in self.edges])
        pairs = list(zip(self.edges, confidence, strict=True))
        if len(pairs) > 1:
            pairs.sort(key=lambda pair: -pair[1])
            if any(pair[1] == following[1] for pair, following in pairwise(pairs)):
                pairs.sort(key=lambda pair: (-pair[1], pair[0].parent.table.name, pair[0].parent.names))
        self._ranked = pairs

    def keep(self, most: int) -> None:
        """Forget all but the best edges."""
        if len(self.edges) > most:
            self.edges = [edge for edge, _ in self._ranked[:most]]
            self.rank()


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
    """Return the choices of all columns whose names lead anywhere, neither measured nor weighed."""
    index = KeyIndex(schema)
    situation.settled.clear()  # keys may have changed
    found = []
    for column in open_columns(schema):
        edges = index.edges(column)
        if edges:
            found.append(Choice(column, edges))
    _learn_habits(situation, found)
    return found


def _learn_habits(situation: Situation, choices: Iterable[Choice]) -> None:
    """Note how columns that are plainly named after a key look in this database; each name counts once."""
    by_name: dict[str, list[ColumnView]] = defaultdict(list)
    for choice in choices:
        if not choice.child.in_primary_key and any(edge.relation in _PLAIN for edge in choice.edges):
            by_name[choice.child.words.joined].append(choice.child)
    total = len(by_name) + _PATIENCE
    weight = sum(len(columns) ** 0.5 for columns in by_name.values())
    indexed = sum(sum(c.is_indexed for c in columns) / len(columns) ** 0.5 for columns in by_name.values())
    situation.index_habit = indexed / (weight + _PATIENCE)
    situation.suffix_habit = sum(bool(columns[0].words.suffix) for columns in by_name.values()) / total
    keys = [
        key.only.column
        for table in situation.schema.tables
        for key in table.keys
        if len(key.columns) == 1 and key.is_primary and key.only.type_class is TypeClass.WHOLE
    ]
    drawn = sum(bool(column.identity or column.sequence) for column in keys)
    situation.sequence_habit = drawn / (len(keys) + _PATIENCE)
    situation.common_prefix = situation.schema.common_prefix


def plain_references(schema: Schema, choices: Iterable[Choice]) -> Counter[tuple[TableName, str]]:
    """Return how many columns refer to each key, declared or by a name that says so."""
    found: Counter[tuple[TableName, str]] = Counter()
    for table in schema.tables:
        for key in table.table.foreign_keys:
            if len(key.columns) == 1:
                found[key.references, key.referenced_columns[0]] += 1
    for choice in choices:
        for edge, share in choice.ranked()[:1]:
            if share > _PLAINLY or edge.relation in _PLAIN:
                found[edge.parent.table.name, edge.parent.only.name] += 1
    return found
