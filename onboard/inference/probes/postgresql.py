"""Asks the rows of a PostgreSQL database, read-only, in short autocommitted statements on at most two connections.

Source of truth: `pg_class.reltuples`; the session settings are those of the manual, chapter 20 (13 to 18).
Parents are joined as `left join (select distinct ...)`: a correlated EXISTS scans an unindexed parent once a value.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow
from psycopg.sql import SQL, Composable, Composed, Identifier

from onboard.catalog.dsn import Dsn
from onboard.catalog.structure import Table, TableName
from onboard.errors import NothingDone
from onboard.inference.measured import ColumnProfile, Inclusion, Profile, Range, Uniqueness
from onboard.inference.probes._postgresql_counts import (
    containment_question,
    distinct_question,
    is_one_value,
    one_pass_question,
    ranges_question,
)
from onboard.inference.probes._postgresql_samples import ESTIMATES, STATISTICS, lookup_join, noted, sampled
from onboard.inference.probes._postgresql_sessions import MOST_SESSIONS, Sessions, connect
from onboard.inference.rows import CONNECTION_LOST, Asked, ColumnsOf, Lookup, NotMeasured, Probe, Rows
from onboard.inference.type_classes import TypeClass

_COUNTS_BITS = 140_000  # the version from which on there is `bit_count`, which is far quicker than counting letters
_TABLES_A_QUESTION = 200
_BYTES_A_ROW = 120  # of a table that was never analysed
_TRUSTED_ROWS = 1  # an estimate below this is looked at, because tables are filled after they were analysed


@contextmanager
def _open(dsn: Dsn) -> Iterator[Rows]:
    connection = connect(dsn)
    if connection is None or connection.closed:
        # Raised here, not inside `except`: the driver's own error must not travel along in `__context__`.
        raise NothingDone("The rows cannot be read: the connection was lost.", where=f"`{dsn.describe()}`")
    sessions = Sessions(connection, dsn)
    try:
        yield _PostgresRows(sessions)
    finally:
        sessions.close()


class _PostgresRows:
    """The session. Every question sets its own time-out."""

    lanes = MOST_SESSIONS

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._sizes: dict[TableName, int] = {}  # about how many rows; says what share of a table makes a sample

    def sizes(self, tables: Sequence[Table], *, timeout_s: float = 10.0) -> Mapping[TableName, int]:
        end = time.monotonic() + timeout_s
        wanted = {table.name for table in tables}
        found = {}
        for schema, name, rows in self._ask(
            SQL(ESTIMATES).format(), timeout_s, (sorted({table.schema for table in wanted}),)
        ):
            if TableName(schema, name) in wanted:
                found[TableName(schema, name)] = int(rows)
        unsure = sorted(name for name, rows in found.items() if rows < _TRUSTED_ROWS)
        for name in unsure:
            del found[name]  # comes back where it is known
        for start in range(0, len(unsure), _TABLES_A_QUESTION):
            found.update(self._filled(unsure[start : start + _TABLES_A_QUESTION], end))
        self._sizes.update(found)
        return found

    def _filled(self, tables: Sequence[TableName], end: float) -> dict[TableName, int]:
        """About how many rows each table has, by its size; asked one by one where asking all at once fails."""
        question = SQL(" union all ").join(
            SQL("(select {}::int, pg_relation_size({}::regclass) from {} limit 1)").format(
                sql.Literal(number), sql.Literal(_table(name).as_string()), _table(name)
            )
            for number, name in enumerate(tables)
        )
        try:
            answer = self._ask(question, end - time.monotonic())
        except NotMeasured:
            if len(tables) == 1 or time.monotonic() > end:
                return {}
            middle = len(tables) // 2
            return {**self._filled(tables[:middle], end), **self._filled(tables[middle:], end)}
        filled = {number: max(1, size // _BYTES_A_ROW) for number, size in answer}
        return {name: filled.get(number, 0) for number, name in enumerate(tables)}

    def statistics(self, tables: Sequence[Table], *, timeout_s: float) -> Mapping[tuple[TableName, str], ColumnProfile]:
        wanted = {table.name: self._sizes.get(table.name, 0) for table in tables}
        schemas = sorted({name.schema for name in wanted})
        names = sorted({name.name for name in wanted})
        return noted(self._ask(SQL(STATISTICS).format(), timeout_s, (schemas, names)), wanted)

    def _rows_of(self, table: TableName, columns: Composable, sampled_rows: int | None) -> Composable:
        if sampled_rows is None:
            return _table(table)
        return sampled(table, columns, sampled_rows, self._sizes.get(table, 0))

    def profile(self, columns: ColumnsOf, *, sampled_rows: int | None, timeout_s: float) -> Profile:
        parts: list[Composable] = [SQL("count(*)")]
        for column in columns.columns:
            parts.extend(_profile_of(column))
        names = SQL(", ").join(Identifier(column.name) for column in columns.columns)
        source = self._rows_of(columns.table, names, sampled_rows)
        question = SQL("select {} from {}").format(SQL(", ").join(parts), source)
        (answer,) = self._ask(question, timeout_s)
        profiles = [
            ColumnProfile(int(filled), int(distinct), _whole(low), _whole(high), True, _whole(least), _whole(most))
            for filled, distinct, low, high, least, most in zip(*(answer[at::6] for at in range(1, 7)), strict=True)
        ]
        return Profile(int(answer[0]), tuple(profiles), is_exact=sampled_rows is None)

    def uniqueness(self, key: ColumnsOf, *, sampled_rows: int | None = None, timeout_s: float) -> Uniqueness:
        if sampled_rows is None and is_one_value(key.columns):
            ((rows, filled, distinct),) = self._ask(distinct_question(key), timeout_s, sorts=(key,))
            return Uniqueness(rows, filled - distinct, rows - filled)
        names = SQL(", ").join(Identifier(column.name) for column in key.columns)
        is_null = SQL(" or ").join(SQL("{} is null").format(Identifier(column.name)) for column in key.columns)
        question = SQL(
            "select coalesce(sum(n), 0), coalesce(sum(n - 1), 0), coalesce(sum(n) filter (where has_null), 0)"
            " from (select count(*) as n, ({}) as has_null from {} group by {}) groups"
        ).format(is_null, self._rows_of(key.table, names, sampled_rows), names)
        ((rows, duplicates, nulls),) = self._ask(question, timeout_s)
        return Uniqueness(int(rows), int(duplicates), int(nulls), is_exact=sampled_rows is None)

    def values(self, column: ColumnsOf, *, most: int, sampled_rows: int | None, timeout_s: float) -> Sequence[str]:
        name = Identifier(column.columns[0].name)
        question = SQL("select distinct {}::text as value from {} where {} is not null order by 1 limit {}").format(
            name, self._rows_of(column.table, name, sampled_rows), name, sql.Literal(most + 1)
        )
        return [str(value) for (value,) in self._ask(question, timeout_s)]

    def inclusions(
        self, child: ColumnsOf, parents: Sequence[ColumnsOf], *, sampled_rows: int | None, timeout_s: float
    ) -> Sequence[Inclusion]:
        names = SQL(", ").join(Identifier(column.name) for column in child.columns)
        source = self._rows_of(child.table, names, sampled_rows)
        question = _inclusion_question(child, source, parents, is_sampled=sampled_rows is not None)
        (answer,) = self._ask(question, timeout_s)
        looked_at, rows, distinct = (int(count or 0) for count in answer[:3])
        nulls = None if sampled_rows is None else looked_at - rows
        is_exact = sampled_rows is None
        return [
            Inclusion(rows, distinct, int(missing or 0), int(orphans or 0), int(sentinels or 0), is_exact, nulls)
            for missing, orphans, sentinels in zip(answer[3::3], answer[4::3], answer[5::3], strict=True)
        ]

    def held(self, child: ColumnsOf, parent: ColumnsOf, *, is_key: bool, timeout_s: float) -> int | None:
        if not (is_one_value(child.columns) and is_one_value(parent.columns)):
            return None
        end = time.monotonic() + timeout_s
        if is_key and child.columns[0].is_short and parent.columns[0].is_short and len(parent.columns) == 1:
            ((keys, low, high),) = self._ask(ranges_question(parent), timeout_s)
            if keys and high - low + 1 == keys:  # there is no number between that is no key
                ((rows, least, most),) = self._ask(ranges_question(child), end - time.monotonic())
                return int(rows) if rows and low <= least and most <= high else None
        question = containment_question(child, parent, is_key=is_key)
        ((rows, parents, keys, both),) = self._ask(question, end - time.monotonic(), sorts=(child, parent))
        return int(rows - parents) if both == keys else None

    def ranges(self, columns: ColumnsOf, *, timeout_s: float) -> Sequence[Range] | None:
        (answer,) = self._ask(ranges_question(columns), timeout_s)
        return [Range(*found) for found in zip(answer[::3], answer[1::3], answer[2::3], strict=True)]

    def key_and_held(
        self, key: ColumnsOf, parent: ColumnsOf, *, width: int, timeout_s: float
    ) -> tuple[Uniqueness, bool, Uniqueness] | None:
        counts_bits = self._sessions.version >= _COUNTS_BITS
        (answer,) = self._ask(one_pass_question(key, parent, width=width, counts_bits=counts_bits), timeout_s)
        rows, fitting, different, are_held, parents, filled, keys = (int(count) for count in answer)
        if not rows or rows != fitting:
            return None
        parent_uniqueness = Uniqueness(parents, filled - keys, parents - filled)
        return Uniqueness(rows, rows - different, 0), bool(are_held), parent_uniqueness

    def stop(self) -> None:
        self._sessions.stop()

    def _ask(
        self,
        question: Composed,
        timeout_s: float,
        values: tuple[object, ...] = (),
        sorts: Sequence[ColumnsOf] = (),
    ) -> list[TupleRow]:
        """Ask one question; `sorts` are the columns of which it sorts a value of every row at once."""
        sorted_values = sum(self._sizes.get(columns.table, 0) for columns in sorts)
        with self._sessions.lend() as connection, self._sessions.memory_mb(sorted_values) as memory_mb:
            settings = (str(max(1, int(timeout_s * 1000))), f"{memory_mb}MB")
            return self._answer(connection, question, settings, values)

    def _answer(
        self,
        connection: psycopg.Connection,
        question: Composed,
        settings: tuple[str, str],
        values: tuple[object, ...],
    ) -> list[TupleRow]:
        try:
            connection.execute(
                "select set_config('statement_timeout', %s, false), set_config('work_mem', %s, false)", settings
            )
            return connection.execute(question, values or None).fetchall()
        except psycopg.errors.QueryCanceled as error:
            raise NotMeasured(f"stopped after {int(settings[0]) / 1000:.1f} s") from error
        except psycopg.errors.LockNotAvailable as error:
            raise NotMeasured("locked by another session") from error
        except psycopg.errors.InsufficientPrivilege as error:
            raise NotMeasured("not allowed to read it") from error
        except psycopg.OperationalError as error:
            if connection.closed:
                raise NotMeasured(CONNECTION_LOST) from error
            raise NotMeasured(type(error).__name__) from error
        except psycopg.DatabaseError as error:  # the server's message may quote a value, so only its class is kept
            raise NotMeasured(type(error).__name__) from error


def _table(name: TableName) -> Identifier:
    return Identifier(name.schema, name.name)


def _profile_of(column: Asked) -> list[Composable]:
    name = Identifier(column.name)
    counts: list[Composable] = [SQL("count({})").format(name), SQL("count(distinct {})").format(name)]
    if column.type_class is not TypeClass.WHOLE:
        return [*counts, *(SQL("null"),) * 4]
    ends = [SQL("min({})").format(name), SQL("max({})").format(name)]
    real = SQL("filter (where {} not in (0, -1))").format(name)
    return [*counts, *(SQL("{} {}").format(end, real) for end in ends), *ends]


def _inclusion_question(
    child: ColumnsOf, source: Composable, parents: Sequence[ColumnsOf], *, is_sampled: bool
) -> Composed:
    names = [Identifier(column.name) for column in child.columns]
    keys = [Identifier(f"k{number}") for number in range(len(names))]
    is_set = SQL(" and ").join(SQL("{} is not null").format(name) for name in names)
    values = SQL("select {}, count(*) as n from {} where {} group by {}").format(
        SQL(", ").join(SQL("{} as {}").format(name, key) for name, key in zip(names, keys, strict=True)),
        SQL("looked_at") if is_sampled else source,
        is_set,
        SQL(", ").join(names),
    )
    is_sentinel = SQL(" or ").join(_is_sentinel(column, key) for column, key in zip(child.columns, keys, strict=True))
    counts: list[Composable] = [
        SQL("(select count(*) from looked_at)") if is_sampled else SQL("null"),
        SQL("sum(v.n)"),
        SQL("count(*)"),
    ]
    joins: list[Composable] = []
    for number, parent in enumerate(parents):
        alias = Identifier(f"p{number}")
        counts.extend(
            SQL(part).format(alias, is_sentinel)
            for part in (
                "count(*) filter (where {}.found is null and not ({}))",
                "sum(v.n) filter (where {}.found is null)",
                "sum(v.n) filter (where {}.found is null and ({}))",
            )
        )
        joins.append((_join if parent.lookup is Lookup.ALL else lookup_join)(parent, alias, keys))
    read = SQL("looked_at as materialized (select * from {}), ").format(source) if is_sampled else SQL("")
    return SQL("with {}v as ({}) select {} from v {}").format(
        read, values, SQL(", ").join(counts), SQL(" ").join(joins)
    )


def _join(parent: ColumnsOf, alias: Identifier, keys: Sequence[Identifier]) -> Composable:
    names = [Identifier(column.name) for column in parent.columns]
    columns = SQL(", ").join(SQL("{} as {}").format(name, key) for name, key in zip(names, keys, strict=True))
    equal = SQL(" and ").join(SQL("{}.{} = v.{}").format(alias, key, key) for key in keys)
    return SQL("left join (select distinct {}, true as found from {}) {} on {}").format(
        columns, _table(parent.table), alias, equal
    )


def _is_sentinel(column: Asked, key: Identifier) -> Composable:
    if column.type_class is TypeClass.WHOLE:
        return SQL("v.{} in (0, -1)").format(key)
    if column.type_class is TypeClass.TEXT:
        return SQL("btrim(v.{}::text) = ''").format(key)
    return SQL("false")


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value).split(".")[0])


PROBE = Probe("postgresql", _open)
