"""Gathers the possible foreign keys of every column that declares none, measured and weighed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onboard.catalog.structure import TableKind, TableName
from onboard.inference.candidates import Edge
from onboard.inference.habits import learn_name_habits
from onboard.inference.key_index import KeyIndex
from onboard.inference.proposals import Measured
from onboard.inference.schema import ColumnView, Schema
from onboard.inference.score import shares
from onboard.inference.situation import Situation
from onboard.inference.type_classes import TypeClass
from onboard.inference.weights import weights

_LIKELY = 0.3
_NEVER = (TypeClass.OTHER, TypeClass.DATE, TypeClass.ENUM)


@dataclass(slots=True, eq=False)
class Choice:
    """What one column may refer to."""

    child: ColumnView
    edges: list[Edge]
    measured: Measured = Measured.NAMES
    weighed_at: tuple[int, Measured] | None = None  # the version of what was known, see `News`, and the stage
    _ranked: list[tuple[Edge, float]] = field(default_factory=list)

    def ranked(self) -> list[tuple[Edge, float]]:
        """The edges with their shares of confidence as last weighed, best first."""
        return self._ranked

    def rank(self) -> None:
        """Take in that the edges have been weighed."""
        confidence = shares([edge.logit for edge in self.edges])
        if len(confidence) == 1:
            self._ranked = [(self.edges[0], confidence[0])]
            return
        if len(confidence) == 2 and confidence[0] > confidence[1]:
            self._ranked = list(zip(self.edges, confidence, strict=True))
            return
        order = sorted(range(len(confidence)), key=confidence.__getitem__, reverse=True)
        pairs = [(self.edges[place], confidence[place]) for place in order]
        if len(set(confidence)) < len(confidence):
            pairs.sort(key=lambda pair: (-pair[1], pair[0].parent.table.name, pair[0].parent.names))
        self._ranked = pairs

    def keep(self, most: int) -> None:
        """Forget all but the best edges."""
        if len(self.edges) > most:
            self.edges = [edge for edge, _ in self._ranked[:most]]
            self.rank()


def open_columns(schema: Schema) -> Sequence[ColumnView]:
    """Return the columns that may hold an undeclared foreign key: of a fit type, neither computed nor a drawn key."""
    if schema.open_columns is None:
        schema.open_columns = list(_open_columns(schema))
    return schema.open_columns


def _open_columns(schema: Schema) -> Iterable[ColumnView]:
    for table in schema.tables:
        if table.table.kind is TableKind.FOREIGN:
            continue
        taken = {key.columns[0] for key in table.table.foreign_keys if len(key.columns) == 1}
        for column in table.columns:
            if column.type_class not in _NEVER and column.name not in taken and not _is_made_here(column):
                yield column


def _is_made_here(column: ColumnView) -> bool:
    """Whether its values come from the row itself; a number drawn elsewhere may be a `serial` by mistake."""
    is_drawn = column.column.identity or column.column.sequence
    return column.column.generated is not None or bool(is_drawn and _is_key(column)) or _is_flag(column)


def _is_key(column: ColumnView) -> bool:
    """Whether it tells the rows of its table apart: alone, or by its name in a key of several columns."""
    key = column.table.table.primary_key
    if column.is_unique or key is None or key.columns == (column.name,):
        return True
    stem = column.own.stem
    return column.in_primary_key and (not stem or any(stem == entity.words for entity in column.table.entities))


def _is_flag(column: ColumnView) -> bool:
    """Whether the name says yes or no of its own row: `is_published`, `has_user`."""
    words = column.own
    return not words.suffix and len(words.words) > 1 and words.words[0] in weights().words["flag_prefixes"]


def find_choices(schema: Schema, situation: Situation) -> Iterable[Choice]:
    """Yield the choices of all columns whose names lead anywhere, neither measured nor weighed.

    One is made when it is asked for, so that most of its edges can be forgotten before the next one is.
    """
    index = KeyIndex(schema)
    situation.settled.clear()  # keys may have changed
    found = [(column, leads) for column in open_columns(schema) if (leads := index.leads(column))]
    learn_name_habits(situation, found)
    for column, leads in found:
        yield Choice(column, index.follow(column, leads))


def likely_references(schema: Schema, choices: Iterable[Choice]) -> dict[tuple[TableName, str], float]:
    """Return how many columns refer to each key: those that declare it, and the shares of those that likely do."""
    found: dict[tuple[TableName, str], float] = defaultdict(float)
    for table in schema.tables:
        for key in table.table.foreign_keys:
            if len(key.columns) == 1:
                found[key.references, key.referenced_columns[0]] += 1
    for choice in choices:
        edge, share = choice.ranked()[0]
        if share > _LIKELY:
            found[edge.parent.table.name, edge.parent.only.name] += share
    return found
