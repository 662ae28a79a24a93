"""What is known around an edge when a signal looks at it: the schema, what views join, comments, votes and rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onboard.catalog.structure import TableName
from onboard.inference.measured import ColumnProfile, Inclusion, Uniqueness
from onboard.inference.schema import ColumnView, Schema
from onboard.inference.shared_terms import SharedTerms

ColumnId = tuple[TableName, str]
PairId = tuple[TableName, str, TableName, str]
Ends = tuple[ColumnView, ColumnView]  # of an edge
_OF_PAIRS = frozenset(["circles", "composed", "inclusions", "joined", "looseness", "needless", "reached"])


@dataclass(slots=True)
class Situation:
    """Grows from stage to stage; every signal reads what it needs."""

    schema: Schema
    joined: frozenset[PairId] = frozenset()  # pairs of columns that a view or function sets equal
    votes: Mapping[Ends, float] = field(default_factory=dict)  # -1 to 1, see `voting`
    inclusions: dict[PairId, Inclusion] = field(default_factory=dict)
    profiles: dict[ColumnId, ColumnProfile] = field(default_factory=dict)
    looseness: Mapping[PairId, float] = field(default_factory=dict)  # see `tighter_rival`
    sizes: dict[TableName, int] = field(default_factory=dict)  # about how many rows; 0 is certain
    surprises: dict[ColumnId, float] = field(default_factory=dict)  # see `surprise`
    uniqueness: dict[tuple[TableName, tuple[str, ...]], Uniqueness] = field(default_factory=dict)
    circles: Mapping[PairId, float] = field(default_factory=dict)  # see there
    reached: Mapping[PairId, float] = field(default_factory=dict)  # edges that a likely composite key makes needless
    needless: Mapping[PairId, float] = field(default_factory=dict)  # of these, those whose composite key all rows hold
    composed: Mapping[ColumnId, tuple[TableName, float]] = field(default_factory=dict)  # where a likely composite leads
    hubs: Mapping[tuple[TableName, str], float] = field(default_factory=dict)  # log(1 + likely references) / 3
    hub_share: float = 0.0  # of the references without a word in common, those that lead to the hub of such
    people: tuple[TableName, str] | None = None  # the key of people that most columns likely refer to
    index_habit: float = 0.0  # from 0 to 1, how much a missing index says against a reference: see `index_habit`
    suffix_habit: float = 0.0  # of the columns that are plainly named after a key, the share with a key suffix
    declared_habit: float = 0.0  # of the references that are declared or likely, the share that is declared
    sequence_habit: float = 0.0  # of the whole-number keys of one column, the share that draws from a sequence
    common_prefix: int = 0  # words that nearly all tables start with
    settled: dict[object, tuple[SharedTerms, int]] = field(default_factory=dict)  # see `edge_terms`
    polymorphic: frozenset[ColumnId] = frozenset()  # the number half of a polymorphic pair
    has_schemas: bool = field(init=False)  # several

    def __post_init__(self) -> None:
        self.has_schemas = len({table.name.schema for table in self.schema.tables}) > 1

    def columns_of(self, field: str) -> frozenset[ColumnView] | None:
        """Return the columns that a field of columns or pairs says anything of; None of another field."""
        if field == "hub_share":
            return frozenset()  # whose edges to the hub are made when it is known
        if field == "votes":
            return frozenset([child for child, _ in self.votes])
        if field not in _OF_PAIRS:
            return None
        views = ((self.schema.by_name.get(table), name) for table, name in {pair[:2] for pair in getattr(self, field)})
        return frozenset([view.by_name[name] for view, name in views if view and name in view.by_name])
