"""What is known around an edge when a signal looks at it: the schema, what views join, comments, votes and rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onboard.catalog.structure import TableName
from onboard.inference.measured import Inclusion
from onboard.inference.schema import Schema

ColumnId = tuple[TableName, str]
PairId = tuple[TableName, str, TableName, str]


@dataclass(slots=True)
class Situation:
    """Grows from stage to stage; every signal reads what it needs."""

    schema: Schema
    joined: frozenset[PairId] = frozenset()  # pairs of columns that a view or function sets equal
    votes: Mapping[PairId, float] = field(default_factory=dict)  # -1 to 1, see `voting`
    inclusions: Mapping[PairId, Inclusion] = field(default_factory=dict)
    hubs: Mapping[tuple[TableName, str], float] = field(default_factory=dict)  # how many columns plainly refer to it
    index_habit: float = 0.0  # of the columns that are plainly named after a key, the share with an index
    suffix_habit: float = 0.0  # of these, the share with a key suffix
    common_prefix: int = 0  # words that nearly all tables start with
    polymorphic: frozenset[ColumnId] = frozenset()  # the number half of a polymorphic pair
