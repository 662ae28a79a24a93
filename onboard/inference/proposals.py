"""The Proposals: keys that were found, with the evidence for each, frozen.

A proposal never decides: `decisions` weighs it against the threshold and the person's word.
Sentences are derived here from facts, so that JSON, `onboard.toml` and the terminal agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onboard.catalog.structure import TableName


class Origin(StrEnum):
    """Where a key comes from."""

    DECLARED = "declared"
    INFERRED = "inferred"


class Measured(StrEnum):
    """How deep the evidence for a proposal goes; calibration is separate for each."""

    NAMES = "names"  # names, types, indexes, structure
    SAMPLE = "sample"  # and statistics or sampled rows
    EXACT = "exact"  # and every row

    __hash__ = str.__hash__  # that of an Enum is written in Python, and stages are looked up for every column


@dataclass(frozen=True, slots=True)
class Evidence:
    """One term of the score: which signal, what it adds in log-odds, and a sentence for a person."""

    signal: str
    weight: float
    sentence: str  # holds names and counts, never a row value


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What the rows say about a key; None where it was not measured."""

    rows: int | None = None  # rows looked at
    distinct: int | None = None
    nulls: int | None = None
    duplicates: int | None = None  # of a primary key: rows beyond the first of each value
    orphans: int | None = None  # of a foreign key: child rows without a parent, sentinels included
    sentinels: int | None = None  # of these, rows holding 0, -1 or ''
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class PrimaryKeyProposal:
    """A primary key of a table; at most one per table is the best, the others are rivals."""

    table: TableName
    columns: tuple[str, ...]
    confidence: float  # 0 to 1, calibrated
    measured: Measured = Measured.NAMES
    evidence: tuple[Evidence, ...] = ()
    facts: RowFacts = RowFacts()
    rivals: tuple[tuple[tuple[str, ...], float], ...] = ()  # (columns, confidence), best first


@dataclass(frozen=True, slots=True)
class Rival:
    """Another parent that the same columns could mean."""

    references: TableName
    columns: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class ForeignKeyProposal:
    """A foreign key from `table(columns)` to `references(referenced_columns)`, pair by pair."""

    table: TableName
    columns: tuple[str, ...]
    references: TableName
    referenced_columns: tuple[str, ...]
    confidence: float
    measured: Measured = Measured.NAMES
    evidence: tuple[Evidence, ...] = ()
    facts: RowFacts = RowFacts()
    rivals: tuple[Rival, ...] = ()  # best first
    stem: str = ""  # the words that vote together, such as `created by`


@dataclass(frozen=True, slots=True)
class Note:
    """Something recognised that is not a key: a polymorphic pair, a flag, a set of codes."""

    kind: str  # "polymorphic", "flag", "choices", ...
    table: TableName
    columns: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class ValueSet:
    """A column that holds one of a few values, which could become choices or a flag."""

    table: TableName
    column: str
    values: tuple[str, ...]  # as a check lists them or rows hold them; empty where no one asked for samples
    distinct: int = 0  # 0: a check lists them
    rows: int = 0  # rows looked at in which it is set
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Proposals:
    """What inference found beside the declared keys. Declared keys never appear here."""

    primary_keys: tuple[PrimaryKeyProposal, ...] = ()  # by table; only tables without a declared one
    foreign_keys: tuple[ForeignKeyProposal, ...] = ()  # by table, then columns; one per column set
    notes: tuple[Note, ...] = ()
    value_sets: tuple[ValueSet, ...] = ()  # by table and column; never kept in a file of ours but `onboard.toml`
    left_out: tuple[tuple[TableName, str], ...] = ()  # tables whose rows could not be read, and why
