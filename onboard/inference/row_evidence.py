"""Asks the rows what names leave open: profiles, then uniqueness of possible keys, then inclusion of references.

Cheapest first: one profile a table settles single-column uniqueness and rules out by range; samples refute; every
row is counted only where the table is small or the answer can change. A question that fails costs nothing but its
answer.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from onboard.catalog.structure import TableKind, TableName
from onboard.inference.candidates import Edge
from onboard.inference.composite import CompositeChoice, CompositeEdge
from onboard.inference.foreign_keys import Choice
from onboard.inference.key_candidates import KeyCandidate
from onboard.inference.measured import Inclusion, Uniqueness
from onboard.inference.proposals import Measured
from onboard.inference.rows import Asked, ColumnsOf, NotMeasured, Rows
from onboard.inference.schema import ColumnView, Schema, TableView
from onboard.inference.situation import Situation
from onboard.inference.type_classes import TypeClass, is_short
from onboard.inference.weights import weights

_SMALL = 300_000  # rows of a table that is counted whole at once
_SAMPLED_ROWS = 20_000
_PROBE_TIMEOUT_S = 2.0
_EXACT_TIMEOUT_S = 30.0
_MOST_SURPRISE = 6.0  # of combinations; twice that of one column, as columns are seldom quite independent
_MOST_PARENTS = 8
_PROFILED = (TypeClass.WHOLE, TypeClass.TEXT, TypeClass.UUID)


@dataclass(slots=True)
class RowReader:
    """Asks within a budget, tells what it looks at, and remembers what it could not measure."""

    rows: Rows
    schema: Schema
    situation: Situation
    progress: Callable[[str], None]
    left_out: list[tuple[TableName, str]]
    deadline: float = float("inf")

    def timeout(self, most_s: float) -> float:
        """The time-out of the next question; NotMeasured when the budget is spent."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise NotMeasured("the budget is spent")
        return min(most_s, left)

    def read_sizes(self) -> None:
        """Learn which tables have rows; those that must not be read are left out with the reason."""
        self.progress("table sizes")
        readable = []
        for table in self.schema.tables:
            reason = _reason_to_leave(table)
            if reason:
                self.left_out.append((table.name, reason))
            else:
                readable.append(table.table)
        try:
            self.situation.sizes.update(self.rows.sizes(readable))
        except NotMeasured as error:
            self.left_out.extend((table.name, str(error)) for table in readable)
            return
        missing = [table.name for table in readable if table.name not in self.situation.sizes]
        self.left_out.extend((name, "its rows cannot be read") for name in missing)

    def read_profiles(self) -> None:
        """Learn of every table with rows how its columns look."""
        for table in self._filled_tables():
            columns = [column for column in table.columns if _is_worth_profiling(column)]
            if columns:
                self._profile(table, columns)

    def _filled_tables(self) -> Iterable[TableView]:
        return (table for table in self.schema.tables if self.situation.sizes.get(table.name, 0) > 0)

    def _profile(self, table: TableView, columns: Sequence[ColumnView]) -> None:
        self.progress(f"{table.name}")
        asked = ColumnsOf(table.name, tuple(_asked(column) for column in columns))
        is_small = self.situation.sizes[table.name] <= _SMALL
        try:
            found = self.rows.profile(
                asked,
                sampled_rows=None if is_small else _SAMPLED_ROWS,
                timeout_s=self.timeout(_EXACT_TIMEOUT_S if is_small else _PROBE_TIMEOUT_S),
            )
        except NotMeasured as error:
            self.left_out.append((table.name, str(error)))
            return
        if found.is_exact:
            self.situation.sizes[table.name] = found.rows
        for column, profile in zip(columns, found.columns, strict=True):
            self.situation.profiles[table.name, column.name] = profile
            has_duplicates = profile.distinct < profile.filled
            if found.is_exact or has_duplicates:
                self.situation.uniqueness[table.name, (column.name,)] = Uniqueness(
                    found.rows, profile.filled - profile.distinct, found.rows - profile.filled, found.is_exact
                )

    def read_uniqueness(self, candidates: Sequence[KeyCandidate]) -> list[KeyCandidate]:
        """Return the candidates of one table that rows do not refute, likeliest first; small sets before larger."""
        table = candidates[0].table
        if self.situation.sizes.get(table.name, 0) == 0:
            return list(candidates)
        kept: list[KeyCandidate] = []
        for candidate in sorted(candidates, key=lambda key: (len(key.columns), -key.logit, key.names)):
            smaller = next((key for key in kept if set(key.names) < set(candidate.names)), None)
            known = self.situation.uniqueness.get((table.name, smaller.names)) if smaller else None
            if known is not None:  # it is unique because a part of it is, maybe by accident
                self.situation.uniqueness.setdefault((table.name, candidate.names), known)
            self._ask_uniqueness(candidate, is_proved=any(self._is_proved(key) for key in kept))
            found = self.situation.uniqueness.get((table.name, candidate.names))
            if found is None or (not found.duplicates and not found.nulls):
                kept.append(candidate)
        return kept

    def _is_proved(self, candidate: KeyCandidate) -> bool:
        found = self.situation.uniqueness.get((candidate.table.name, candidate.names))
        return found is not None and found.is_exact and found.rows > 1 and not found.duplicates and not found.nulls

    def _ask_uniqueness(self, candidate: KeyCandidate, *, is_proved: bool) -> None:
        """Count duplicates; where another key of a large table `is_proved`, only in a sample, which can but refute."""
        key = (candidate.table.name, candidate.names)
        if key in self.situation.uniqueness:
            return
        self.progress(f"{candidate.table.name} ({', '.join(candidate.names)})")
        columns = ColumnsOf(candidate.table.name, tuple(_asked(column) for column in candidate.columns))
        try:
            if self.situation.sizes[candidate.table.name] > _SMALL:
                sample = self.rows.uniqueness(
                    columns, sampled_rows=_SAMPLED_ROWS, timeout_s=self.timeout(_PROBE_TIMEOUT_S)
                )
                if sample.duplicates or sample.nulls:  # refuted, which no count of every row can undo
                    self.situation.uniqueness[key] = sample
                if is_proved or key in self.situation.uniqueness:
                    return
            self.situation.uniqueness[key] = self.rows.uniqueness(columns, timeout_s=self.timeout(_EXACT_TIMEOUT_S))
        except NotMeasured as error:
            self.left_out.append((candidate.table.name, str(error)))

    def read_inclusions(self, choice: Choice, edges: Sequence[Edge]) -> None:
        """Count how far the values of a column are among those of the keys that it may refer to."""
        child = choice.child
        profile = self.situation.profiles.get((child.table.name, child.name))
        wanted = [edge for edge in edges if self.situation.sizes.get(edge.parent.table.name, 0) > 0][:_MOST_PARENTS]
        if profile is None or not profile.filled:
            return
        if not wanted:  # every parent is empty: that is known, and no answer
            choice.measured = Measured.EXACT
            return
        self.progress(f"{child.table.name}.{child.name}")
        is_small = self.situation.sizes[child.table.name] <= _SMALL
        try:
            found = self.rows.inclusions(
                ColumnsOf(child.table.name, (_asked(child),)),
                [ColumnsOf(edge.parent.table.name, (_asked(edge.parent.only),)) for edge in wanted],
                sampled_rows=None if is_small else _SAMPLED_ROWS,
                timeout_s=self.timeout(_EXACT_TIMEOUT_S if is_small else _PROBE_TIMEOUT_S),
            )
        except NotMeasured as error:
            self.left_out.append((child.table.name, str(error)))
            return
        self._keep(choice, wanted, found)

    def _keep(self, choice: Choice, edges: Sequence[Edge], found: Sequence[Inclusion]) -> None:
        for edge, inclusion in zip(edges, found, strict=True):
            self.situation.inclusions[pair_of(edge)] = inclusion
        choice.measured = Measured.EXACT if all(one.is_exact for one in found) else Measured.SAMPLE

    def read_composite(self, choice: CompositeChoice, edges: Sequence[CompositeEdge]) -> None:
        """Count how far the combinations of a child are among those of the keys that it may refer to."""
        child = choice.edges[0].table
        wanted = [edge for edge in edges if self.situation.sizes.get(edge.parent.table.name, 0) > 0][:_MOST_PARENTS]
        is_small = self.situation.sizes[child.name] <= _SMALL
        for edge in wanted:
            self.progress(f"{child.name} ({', '.join(edge.names)})")
            try:
                (edge.inclusion,) = self.rows.inclusions(
                    ColumnsOf(child.name, tuple(_asked(column) for column in edge.child)),
                    [ColumnsOf(edge.parent.table.name, tuple(_asked(column) for column in edge.parent.columns))],
                    sampled_rows=None if is_small else _SAMPLED_ROWS,
                    timeout_s=self.timeout(_EXACT_TIMEOUT_S if is_small else _PROBE_TIMEOUT_S),
                )
            except NotMeasured as error:
                self.left_out.append((child.name, str(error)))
                return
            choice.measured = Measured.EXACT if edge.inclusion.is_exact else Measured.SAMPLE
            edge.surprise = self._surprise(edge, edge.inclusion)

    def _surprise(self, edge: CompositeEdge, inclusion: Inclusion) -> float:
        """How unlikely it is that all combinations are keys, were the columns independent."""
        table = edge.parent.table.name
        combinations = 1
        for column in edge.parent.columns:
            profile = self.situation.profiles.get((table, column.name))
            combinations *= profile.distinct if profile else 1
        share = min(1.0, self.situation.sizes.get(table, 0) / max(1, combinations))
        return min(_MOST_SURPRISE, -inclusion.distinct * math.log10(share)) if share > 0 else 0.0

    def prove(self, choice: Choice, edge: Edge) -> None:
        """Count over every row what a sample has only made likely."""
        child = choice.child
        self.progress(f"{child.table.name}.{child.name}, every row")
        try:
            found = self.rows.inclusions(
                ColumnsOf(child.table.name, (_asked(child),)),
                [ColumnsOf(edge.parent.table.name, (_asked(edge.parent.only),))],
                sampled_rows=None,
                timeout_s=self.timeout(_EXACT_TIMEOUT_S),
            )
        except NotMeasured as error:
            self.left_out.append((child.table.name, str(error)))
            return
        self._keep(choice, [edge], found)


def pair_of(edge: Edge) -> tuple[TableName, str, TableName, str]:
    """The names by which the rows' answer on an edge is kept."""
    return edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name


def _asked(column: ColumnView) -> Asked:
    return Asked(column.name, column.type_class, is_short(column.column.type))


def _reason_to_leave(table: TableView) -> str:
    if table.table.kind not in (TableKind.TABLE, TableKind.PARTITIONED):
        return f"rows of a {table.table.kind.value} table are not read"
    if table.table.has_row_security:
        return "row security hides rows, so counts would mislead"
    return "" if table.table.is_readable else "not allowed to read it"


def _is_worth_profiling(column: ColumnView) -> bool:
    if column.type_class not in _PROFILED or column.column.generated is not None:
        return False
    if column.position == 0 or column.is_unique or column.in_primary_key or column.words.suffix:
        return True
    return column.type_class is not TypeClass.TEXT or column.words.joined not in weights().words["never_keys"]


def group_by_table(choices: Iterable[Choice]) -> dict[TableName, list[Choice]]:
    """Return the choices of each table together."""
    found: dict[TableName, list[Choice]] = defaultdict(list)
    for choice in choices:
        found[choice.child.table.name].append(choice)
    return found
