"""What inference asks of rows, whatever the engine: estimates, profiles, exact counts, each a short question.

Every answer is counts, but for the lowest and highest whole number of a column, which never leave memory.
A question that times out or is not allowed raises `NotMeasured`, and the caller keeps what it knew before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from onboard.catalog.dsn import Dsn
from onboard.catalog.structure import Table, TableName
from onboard.declared import declared
from onboard.errors import BadInput
from onboard.inference.measured import ColumnProfile, Inclusion, Profile, Range, Uniqueness
from onboard.inference.type_classes import TypeClass

CONNECTION_LOST = "the connection was lost"  # what rows would have said is not known: the scan is not whole


class NotMeasured(Exception):
    """The rows could not be asked: a time-out, a lock, missing rights; the message holds no value of a row."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A column as a question names it."""

    name: str
    type_class: TypeClass
    is_short: bool = False  # a whole number of at most 32 bits: two of them fit into one value


class Lookup(Enum):
    """How the values of a child are looked for among those of a parent."""

    ALL = "all"  # all values of the parent are gathered first: the child has many, too
    INDEX = "index"  # each value of the child is looked up in an index: the child has few
    SCAN = "scan"  # the parent is read once and held against the child's values: few, and no index


@dataclass(frozen=True, slots=True)
class ColumnsOf:
    """Columns of one table, in the order in which they are compared."""

    table: TableName
    columns: tuple[Asked, ...]
    lookup: Lookup = Lookup.ALL  # of a parent: how its values are held against those of the child


class Rows(Protocol):
    """A read-only session that answers questions on rows."""

    lanes: int  # how many questions may be asked at once, from as many threads

    def sizes(self, tables: Sequence[Table], *, timeout_s: float = 10.0) -> Mapping[TableName, int]:
        """Return about how many rows each table has: 0 is certain, other figures are estimates.

        Tables that cannot be read, or not in time, are left out. A handful of statements for all tables.
        """
        ...

    def statistics(self, tables: Sequence[Table], *, timeout_s: float) -> Mapping[tuple[TableName, str], ColumnProfile]:
        """Return what the server has noted of columns, by table and column; those it knows nothing of are absent.

        One statement for all. Nothing says how old the notes are: their ranges are inner bounds, no count is exact.
        """
        ...

    def profile(self, columns: ColumnsOf, *, sampled_rows: int | None, timeout_s: float) -> Profile:
        """Return rows, NULLs, distinct values and range of columns; of every row where `sampled_rows` is None."""
        ...

    def uniqueness(self, key: ColumnsOf, *, sampled_rows: int | None = None, timeout_s: float) -> Uniqueness:
        """Count the rows, duplicates and NULLs of columns; of every row where `sampled_rows` is None."""
        ...

    def values(self, column: ColumnsOf, *, most: int, sampled_rows: int | None, timeout_s: float) -> Sequence[str]:
        """Return the distinct values of one column as text, sorted, and no more than one beyond `most`.

        The only question whose answer is what rows hold: asked where a person wants samples.
        """
        ...

    def inclusions(
        self, child: ColumnsOf, parents: Sequence[ColumnsOf], *, sampled_rows: int | None, timeout_s: float
    ) -> Sequence[Inclusion]:
        """Count, for each parent, which values of a child it holds; of every row where `sampled_rows` is None."""
        ...

    def held(self, child: ColumnsOf, parent: ColumnsOf, *, is_key: bool, timeout_s: float) -> int | None:
        """Return in how many rows a child is set, where the parent holds every one of its values.

        Quicker than `inclusions`, and says nothing where a value is missing, or where there is no quicker way: None.
        `is_key`: the parent is known to hold no value twice.
        """
        ...

    def ranges(self, columns: ColumnsOf, *, timeout_s: float) -> Sequence[Range] | None:
        """Return how far columns of whole numbers reach, in one pass over every row; None where there is no such way.

        Only asked of columns of types that hold nothing else.
        """
        ...

    def key_and_held(
        self, key: ColumnsOf, parent: ColumnsOf, *, width: int, timeout_s: float
    ) -> tuple[Uniqueness, bool, Uniqueness] | None:
        """Return how unique two short columns are, and whether a parent holds every value of the first, in one pass.

        The last is how unique the parent's column is. The second column of the key has numbers from 0 to less than
        `width`, a power of 2 below 64. None where a row has others or NULLs, or where there is no such way.
        """
        ...

    def stop(self) -> None:
        """End the questions that other threads are asking; they raise `NotMeasured`."""
        ...


@dataclass(frozen=True, slots=True)
class Probe:
    """How one engine opens such a session; collected from `probes/` by the constant `PROBE`."""

    engine: str
    open: _Open


class _Open(Protocol):
    def __call__(self, dsn: Dsn) -> AbstractContextManager[Rows]: ...


def open_rows(dsn: Dsn) -> AbstractContextManager[Rows]:
    """Return a context that holds a read-only session on the rows of a database."""
    from onboard.inference import probes  # a probe imports this module, so its folder cannot be imported above

    for probe in declared(probes, "PROBE", Probe):
        if probe.engine == dsn.engine:
            return probe.open(dsn)
    raise BadInput(f"no rows can be read from `{dsn.engine}`", remedy="Scan with `--no-data`.")
