"""Asks rows within a budget: sizes, the server's statistics, then one profile a table; the cheapest first.

Small tables are counted whole. Of larger ones a sample is read, which can refute; the server's statistics say how many
values there are and how far they reach. A question that fails costs nothing but its answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from onboard.catalog.structure import TableKind, TableName
from onboard.inference.depth import Depth, counted_whole
from onboard.inference.lanes import run_in_lanes
from onboard.inference.measured import ColumnProfile, Inclusion, Profile, Uniqueness
from onboard.inference.rows import CONNECTION_LOST, Asked, ColumnsOf, NotMeasured, Rows
from onboard.inference.schema import ColumnView, Schema, TableView
from onboard.inference.situation import ColumnId, PairId, Situation
from onboard.inference.type_classes import TypeClass, is_short
from onboard.inference.weights import weights

CombinationId = tuple[TableName, tuple[str, ...], TableName, tuple[str, ...]]

PROBE_TIMEOUT_S = 2.0
EXACT_TIMEOUT_S = 30.0
_SIZES_TIMEOUT_S = 10.0
_MANY_TEXTS = 50_000  # rows: from there on sorting texts takes a good part of a second a column
_NEARLY_ALL = 0.9  # distinct values of a sample from which on the whole table may be as varied
_PROFILED = (TypeClass.WHOLE, TypeClass.TEXT, TypeClass.UUID)


@dataclass(slots=True)
class RowReader:
    """Asks within a budget, tells what it looks at, and remembers what it could not measure."""

    rows: Rows
    schema: Schema
    situation: Situation
    progress: Callable[[str], None]
    left_out: list[tuple[TableName, str]]
    depth: Depth = field(default_factory=Depth)
    budget_s: float | None = None
    started_s: float = field(default_factory=time.monotonic)
    whole: frozenset[TableName] = frozenset()  # the tables that are counted whole at once
    combinations: dict[CombinationId, Inclusion] = field(default_factory=dict)  # of columns among keys, as last asked
    # How many rows were read of columns, and how these look: counted whole or in a sample.
    read: dict[ColumnId, tuple[int, ColumnProfile]] = field(default_factory=dict)
    outside: set[PairId] = field(default_factory=set)  # whose child reaches beyond a parent without gaps
    unanswered: dict[PairId, str] = field(default_factory=dict)  # why rows did not say whether one refers to the other

    def left_s(self) -> float:
        """Return what is left of the budget."""
        return float("inf") if self.budget_s is None else self.started_s + self.budget_s - time.monotonic()

    def timeout(self, most_s: float) -> float:
        """The time-out of the next question; NotMeasured when the budget is spent."""
        left = self.left_s()
        if left <= 0:
            raise NotMeasured("the budget is spent")
        return min(most_s, left)

    def name_lost(self, table: TableName, error: NotMeasured) -> None:
        """Name a table of which something was not asked for want of a connection; other reasons are no matter here."""
        if str(error) == CONNECTION_LOST:
            self.left_out.append((table, CONNECTION_LOST))

    def is_filled(self, table: TableView) -> bool:
        """Whether a table has rows that may be read."""
        return self.situation.sizes.get(table.name, 0) > 0

    def read_sizes(self) -> None:
        """Learn which tables have rows and what the server has noted of them; some are left out with the reason."""
        self.progress("table sizes")
        readable = []
        for table in self.schema.tables:
            reason = _reason_to_leave(table)
            if reason:
                self.left_out.append((table.name, reason))
            else:
                readable.append(table)
        try:
            self.situation.sizes.update(
                self.rows.sizes([table.table for table in readable], timeout_s=self.timeout(_SIZES_TIMEOUT_S))
            )
        except NotMeasured as error:
            self.left_out.extend((table.name, str(error)) for table in readable)
            return
        missing = [table.name for table in readable if table.name not in self.situation.sizes]
        self.left_out.extend((name, "its rows cannot be read") for name in missing)
        columns = {table.name: len(_worth_profiling(table)) for table in readable}
        self.whole = counted_whole(self.situation.sizes, columns, self.depth, self.budget_s)

    def read_profiles(self) -> None:
        """Learn of every table with rows how its columns look: by counting, or from statistics and a sample."""
        filled = [table for table in self._smallest_first() if self.is_filled(table)]
        self._read_statistics([table for table in filled if table.name not in self.whole])
        run_in_lanes([partial(self._profile, table) for table in filled], self.rows)

    def _profile(self, table: TableView) -> None:
        columns = _worth_profiling(table)
        if not columns:
            return
        self.progress(f"{table.name}")
        counted = [column for column in columns if self._is_worth_counting(column)]
        if table.name not in self.whole or not self._count(table, counted):
            counted = []
        sampled = [column for column in columns if column not in counted]
        if sampled:
            self._sample(table, sampled)

    def _is_worth_counting(self, column: ColumnView) -> bool:
        """Whether a column is counted whole: texts of many rows take long, and few of them are keys or refer to any."""
        is_many = self.situation.sizes.get(column.table.name, 0) > _MANY_TEXTS
        may_be_key = column.position == 0 or column.is_unique or column.in_primary_key or column.words.suffix
        return not is_many or column.type_class is not TypeClass.TEXT or bool(may_be_key)

    def _smallest_first(self) -> Iterable[TableView]:
        return sorted(self.schema.tables, key=lambda table: (self.situation.sizes.get(table.name, 0), table.name))

    def _read_statistics(self, tables: Sequence[TableView]) -> None:
        if not tables:
            return
        self.progress("statistics")
        try:
            found = self.rows.statistics([table.table for table in tables], timeout_s=self.timeout(EXACT_TIMEOUT_S))
        except NotMeasured as error:  # unknown, and a sample says much of it
            for table in tables:
                self.name_lost(table.name, error)
            return
        self.situation.profiles.update(found)

    def _count(self, table: TableView, columns: Sequence[ColumnView]) -> bool:
        """Count every row; where that takes too long the table is one of the large ones from then on."""
        asked = ColumnsOf(table.name, tuple(asked_of(column) for column in columns))
        try:
            found = self.rows.profile(asked, sampled_rows=None, timeout_s=self.timeout(EXACT_TIMEOUT_S))
        except NotMeasured:
            self.whole -= {table.name}
            return False
        self.situation.sizes[table.name] = found.rows
        for column, profile in zip(columns, found.columns, strict=True):
            self.situation.profiles[table.name, column.name] = profile
        self._keep_read(table, columns, found)
        return True

    def _sample(self, table: TableView, columns: Sequence[ColumnView]) -> None:
        asked = ColumnsOf(table.name, tuple(asked_of(column) for column in columns))
        try:
            found = self.rows.profile(
                asked, sampled_rows=self.depth.sampled_rows, timeout_s=self.timeout(PROBE_TIMEOUT_S)
            )
        except NotMeasured as error:
            self.left_out.append((table.name, str(error)))
            return
        for column, profile in zip(columns, found.columns, strict=True):
            key = (table.name, column.name)
            noted = self.situation.profiles.get(key)
            whole = _extrapolated(profile, found.rows, self.situation.sizes[table.name])
            self.situation.profiles[key] = _widened(noted, profile) if noted else whole
        self._keep_read(table, columns, found)

    def _keep_read(self, table: TableView, columns: Sequence[ColumnView], found: Profile) -> None:
        for column, profile in zip(columns, found.columns, strict=True):
            self.read[table.name, column.name] = found.rows, profile
            self.situation.uniqueness[table.name, (column.name,)] = Uniqueness(
                found.rows, profile.filled - profile.distinct, found.rows - profile.filled, found.is_exact
            )


def asked_of(column: ColumnView) -> Asked:
    """Return a column as a question names it."""
    return Asked(column.name, column.type_class, is_short(column.column.type))


def columns_of(columns: Sequence[ColumnView]) -> ColumnsOf:
    """Return columns of one table as a question names them."""
    return ColumnsOf(columns[0].table.name, tuple(asked_of(column) for column in columns))


def _extrapolated(sample: ColumnProfile, rows: int, size: int) -> ColumnProfile:
    """Return the profile of a sample as that of its table: what hardly repeats in it is taken to grow with the rows."""
    scale = size / max(1, rows)
    is_varied = sample.distinct >= _NEARLY_ALL * sample.filled
    distinct = round(sample.distinct * scale) if is_varied else sample.distinct
    return replace(sample, filled=round(sample.filled * scale), distinct=distinct, is_exact=False)


def _widened(noted: ColumnProfile, sample: ColumnProfile) -> ColumnProfile:
    """Return what the server noted, with a range that holds what was seen in a sample."""
    lows = [low for low in (noted.low, sample.low) if low is not None]
    highs = [high for high in (noted.high, sample.high) if high is not None]
    return replace(
        noted, distinct=max(noted.distinct, sample.distinct), low=min(lows, default=None), high=max(highs, default=None)
    )


def _reason_to_leave(table: TableView) -> str:
    if table.table.kind not in (TableKind.TABLE, TableKind.PARTITIONED):
        return f"rows of a {table.table.kind.value} table are not read"
    if table.table.has_row_security:
        return "row security hides rows, so counts would mislead"
    return "" if table.table.is_readable else "not allowed to read it"


def _worth_profiling(table: TableView) -> list[ColumnView]:
    return [column for column in table.columns if _is_worth_profiling(column)]


def _is_worth_profiling(column: ColumnView) -> bool:
    if column.type_class not in _PROFILED or column.column.generated is not None:
        return False
    if column.position == 0 or column.is_unique or column.in_primary_key or column.words.suffix:
        return True
    return column.type_class is not TypeClass.TEXT or column.words.joined not in weights().words["never_keys"]
