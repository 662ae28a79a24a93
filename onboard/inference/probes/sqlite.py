"""Asks the rows of an SQLite file, opened read-only with `query_only`; a progress handler ends what takes too long.

Source of truth: https://www.sqlite.org/pragma.html#pragma_query_only and `sqlite3.Connection.set_progress_handler`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from onboard.catalog.dsn import Dsn
from onboard.catalog.rowid import rowid_name
from onboard.catalog.structure import Table, TableName
from onboard.errors import NothingDone
from onboard.inference.measured import ColumnProfile, Inclusion, Profile, Range, Uniqueness
from onboard.inference.rows import Asked, ColumnsOf, Lookup, NotMeasured, Probe, Rows
from onboard.inference.type_classes import TypeClass

_STEPS_BETWEEN_LOOKS = 10_000
_MOST_COUNTED = 300_000  # rows of which the number is learnt by counting
_SMALLEST_ROW = 20  # bytes: no file holds more rows than its size allows
_BLOCKS = 200  # places all over a table from which a sample is taken


@contextmanager
def _open(dsn: Dsn) -> Iterator[Rows]:
    path = Path(dsn.get("path"))
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        connection.execute("pragma query_only = 1")
        connection.execute("pragma busy_timeout = 100")
    except sqlite3.Error as error:
        raise NothingDone("the rows cannot be read", where=dsn.describe()) from error
    try:
        yield _SqliteRows(connection)
    finally:
        connection.close()


class _SqliteRows:
    """The session. Every question has its own time-out."""

    lanes = 1

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._places: dict[TableName, tuple[str, int, int]] = {}  # of large tables: rowid's name, lowest and highest

    def sizes(self, tables: Sequence[Table], *, timeout_s: float = 10.0) -> Mapping[TableName, int]:
        end = time.monotonic() + timeout_s
        found = {}
        for table in tables:
            try:
                found[table.name] = self._size(table, end - time.monotonic())
            except NotMeasured:
                continue
        return found

    def _size(self, table: Table, timeout_s: float) -> int:
        """Count a few hundred thousand rows at most; beyond that the rowids, handed out upwards, are a bound."""
        name, rowid = _quoted(table.name.name), None if table.is_without_rowid else rowid_name(table)
        ((counted,),) = self._ask(f"select count(*) from (select 1 from {name} limit {_MOST_COUNTED + 1})", timeout_s)
        if counted <= _MOST_COUNTED or rowid is None:
            return int(counted)
        ((lowest,),) = self._ask(f"select min({rowid}) from {name}", timeout_s)
        ((highest,),) = self._ask(f"select max({rowid}) from {name}", timeout_s)
        self._places[table.name] = (rowid, lowest, highest)
        ((pages,),), ((page_size,),) = (
            self._ask("pragma page_count", timeout_s),
            self._ask("pragma page_size", timeout_s),
        )
        return int(min(highest - lowest + 1, max(counted, pages * page_size // _SMALLEST_ROW)))

    def statistics(self, tables: Sequence[Table], *, timeout_s: float) -> Mapping[tuple[TableName, str], ColumnProfile]:
        return {}  # `sqlite_stat1` tells only how selective the indexes were when ANALYZE was run

    def _rows_of(self, table: TableName, columns: str, sampled_rows: int | None) -> str:
        """Return the whole table, or blocks of neighbouring rows that begin at places all over it."""
        if sampled_rows is None:
            return _quoted(table.name)
        if table not in self._places:
            return f"(select {columns} from {_quoted(table.name)} limit {int(sampled_rows)})"
        rowid, lowest, highest = self._places[table]
        step, block = max(1, (highest - lowest + 1) // _BLOCKS), max(1, sampled_rows // _BLOCKS)
        return (  # a block ends where the next place begins, else a row could be taken twice
            f"(with recursive place(at) as (values({lowest}) union all select at + {step} from place"
            f" where at + {step} <= {highest}),"
            f" block(at, first) as (select at, (select {rowid} from {_quoted(table.name)} where {rowid} >= place.at"
            f" order by {rowid} limit 1) from place)"
            f" select {columns} from block cross join {_quoted(table.name)} t on t.{rowid} between block.first"
            f" and min(block.first + {block - 1}, block.at + {step - 1}) limit {int(sampled_rows)})"
        )

    def profile(self, columns: ColumnsOf, *, sampled_rows: int | None, timeout_s: float) -> Profile:
        parts = ["count(*)"]
        for column in columns.columns:
            parts.extend(_profile_of(column))
        names = ", ".join(_quoted(column.name) for column in columns.columns)
        source = self._rows_of(columns.table, names, sampled_rows)
        (answer,) = self._ask(f"select {', '.join(parts)} from {source}", timeout_s)
        profiles = [
            ColumnProfile(filled, distinct, _whole(low), _whole(high))
            for filled, distinct, low, high in zip(answer[1::4], answer[2::4], answer[3::4], answer[4::4], strict=True)
        ]
        return Profile(answer[0], tuple(profiles), is_exact=sampled_rows is None)

    def uniqueness(self, key: ColumnsOf, *, sampled_rows: int | None = None, timeout_s: float) -> Uniqueness:
        names = ", ".join(_quoted(column.name) for column in key.columns)
        is_null = " or ".join(f"{_quoted(column.name)} is null" for column in key.columns)
        source = self._rows_of(key.table, names, sampled_rows)
        ((rows, duplicates, nulls),) = self._ask(
            "select coalesce(sum(n), 0), coalesce(sum(n - 1), 0), coalesce(sum(case when has_null then n end), 0)"
            f" from (select count(*) as n, ({is_null}) as has_null from {source} group by {names})",
            timeout_s,
        )
        return Uniqueness(rows, duplicates, nulls, is_exact=sampled_rows is None)

    def values(self, column: ColumnsOf, *, most: int, sampled_rows: int | None, timeout_s: float) -> Sequence[str]:
        name = _quoted(column.columns[0].name)
        source = self._rows_of(column.table, name, sampled_rows)
        question = (
            f"select distinct cast({name} as text) from {source} where {name} is not null order by 1 limit {most + 1}"
        )
        return [str(value) for (value,) in self._ask(question, timeout_s)]

    def inclusions(
        self, child: ColumnsOf, parents: Sequence[ColumnsOf], *, sampled_rows: int | None, timeout_s: float
    ) -> Sequence[Inclusion]:
        names = ", ".join(_quoted(column.name) for column in child.columns)
        source = self._rows_of(child.table, names, sampled_rows)
        is_exact = sampled_rows is None
        found = []
        for parent in parents:  # one by one: SQLite joins by nested loops, over an index that it builds for each parent
            ((looked_at, rows, distinct, missing, orphans, sentinels),) = self._ask(
                _inclusion_question(child, source, parent, is_sampled=not is_exact), timeout_s
            )
            rows = rows or 0
            nulls = None if is_exact else looked_at - rows
            found.append(Inclusion(rows, distinct, missing or 0, orphans or 0, sentinels or 0, is_exact, nulls))
        return found

    def held(self, child: ColumnsOf, parent: ColumnsOf, *, is_key: bool, timeout_s: float) -> int | None:
        return None  # its one way to look values up is as quick as any

    def ranges(self, columns: ColumnsOf, *, timeout_s: float) -> Sequence[Range] | None:
        return None  # a column of any type may hold texts

    def key_and_held(
        self, key: ColumnsOf, parent: ColumnsOf, *, width: int, timeout_s: float
    ) -> tuple[Uniqueness, bool, Uniqueness] | None:
        return None

    def stop(self) -> None:
        self._connection.interrupt()

    def _ask(self, question: str, timeout_s: float) -> list[Any]:  # Any: sqlite3 types its rows so
        deadline = time.monotonic() + timeout_s
        self._connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS_BETWEEN_LOOKS)
        try:
            return self._connection.execute(question).fetchall()
        except sqlite3.OperationalError as error:
            is_stopped = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT
            raise NotMeasured(f"stopped after {timeout_s:.1f} s" if is_stopped else "SQLite refused") from error
        except sqlite3.Error as error:  # the message may quote a value, so only its class is kept
            raise NotMeasured(type(error).__name__) from error
        finally:
            self._connection.set_progress_handler(None, 0)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _profile_of(column: Asked) -> list[str]:
    name = _quoted(column.name)
    counts = [f"count({name})", f"count(distinct {name})"]
    if column.type_class is not TypeClass.WHOLE:
        return [*counts, "null", "null"]
    real = f"case when typeof({name}) = 'integer' and {name} not in (0, -1) then {name} end"
    return [*counts, f"min({real})", f"max({real})"]


def _inclusion_question(child: ColumnsOf, source: str, parent: ColumnsOf, *, is_sampled: bool) -> str:
    names = [_quoted(column.name) for column in child.columns]
    keys = [f"k{number}" for number in range(len(names))]
    listed = ", ".join(f"{name} as {key}" for name, key in zip(names, keys, strict=True))
    is_set = " and ".join(f"{name} is not null" for name in names)
    sentinel = " or ".join(_is_sentinel(column, key) for column, key in zip(child.columns, keys, strict=True))
    looked_at = f"(select count(*) from {source})" if is_sampled else "null"
    return (
        f"with v as (select {listed}, count(*) as n from {source} where {is_set} group by {', '.join(names)}),"
        f" held as ({_held(parent, keys)})"
        f" select {looked_at}, sum(n), count(*), sum(found is null and not ({sentinel})),"
        f" sum(case when found is null then n else 0 end),"
        f" sum(case when found is null and ({sentinel}) then n else 0 end)"
        f" from held as v"
    )


def _held(parent: ColumnsOf, keys: Sequence[str]) -> str:
    """Return the values of the child, each with whether the parent has it."""
    table = _quoted(parent.table.name)
    names = [_quoted(column.name) for column in parent.columns]
    if parent.lookup is Lookup.INDEX:
        equal = " and ".join(f"p.{name} = v.{key}" for name, key in zip(names, keys, strict=True))
        return f"select v.*, (select 1 from {table} p where {equal} limit 1) as found from v"
    columns = ", ".join(f"{name} as {key}" for name, key in zip(names, keys, strict=True))
    few = f" where ({', '.join(names)}) in (select {', '.join(keys)} from v)" if parent.lookup is Lookup.SCAN else ""
    equal = " and ".join(f"p.{key} = v.{key}" for key in keys)
    return (
        f"select v.*, p.found from v left join (select distinct {columns}, 1 as found from {table}{few}) p on {equal}"
    )


def _is_sentinel(column: Asked, key: str) -> str:
    if column.type_class is TypeClass.WHOLE:
        return f"v.{key} in (0, -1)"
    return f"trim(v.{key}) = ''" if column.type_class is TypeClass.TEXT else "0"


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


PROBE = Probe("sqlite", _open)
