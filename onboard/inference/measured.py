"""What rows say about columns and possible keys, as counts: the values that probes return and signals read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """The values of one column."""

    filled: int  # rows in which it is set
    distinct: int
    low: int | None = None  # of whole numbers, sentinels left out; held in memory only
    high: int | None = None
    is_exact: bool = True  # False: from statistics or a sample, so there may be lower, higher and more values
    least: int | None = None  # as `low` and `high`, sentinels among them; None where they were not asked for
    most: int | None = None

    @property
    def has_no_gaps(self) -> bool:
        """Whether every whole number from the least to the most is a value of the column."""
        if not self.is_exact or self.least is None or self.most is None:
            return False
        return self.most - self.least + 1 == self.distinct


@dataclass(frozen=True, slots=True)
class Range:
    """How far the whole numbers of a column reach, over every row; held in memory only."""

    filled: int  # rows in which it is set
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Profile:
    """The rows of one table."""

    rows: int
    columns: tuple[ColumnProfile, ...]  # in the order asked
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Inclusion:
    """How far the values of a child are among those of a parent; counts only, never a value."""

    rows: int  # rows looked at in which the child is set
    distinct: int  # distinct values among these
    missing_distinct: int  # distinct values without a parent, sentinels left out
    orphans: int  # rows without a parent, sentinels included
    sentinels: int  # of these, rows holding 0, -1 or ''
    is_exact: bool
    nulls: int | None = None  # rows looked at in which it is not set, where a sample counted them
    is_distinct_known: bool = True  # False: `distinct` is what a sample showed, as the proof did without that count


@dataclass(frozen=True, slots=True)
class Uniqueness:
    """How far columns identify rows; counts only."""

    rows: int
    duplicates: int  # rows beyond the first of each value
    nulls: int  # rows in which a column is NULL
    is_exact: bool = True  # False: counted in a sample, which can refute a key and never prove one
