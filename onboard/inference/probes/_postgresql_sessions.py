"""Opens, lends and stops the connections on which rows are asked: one, and a second when two questions come at once.

Source of truth: the session settings are those of the manual, chapter 20 (13 to 18).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Lock

import psycopg
from psycopg.conninfo import make_conninfo

from onboard.catalog.dsn import Dsn

MOST_SESSIONS = 2
_USUAL_MB = 64  # below it, counting a few million distinct values goes through disk
_MOST_MB = 192  # on one of the connections
_BYTES_A_VALUE = 24.5  # of what is sorted in memory, see `SortTuple` in the server's tuplesort.c
_SETTINGS = (
    "set default_transaction_read_only = on",
    # Else a function or operator of `public` that fits an argument better would be called instead of the server's.
    "set search_path = ''",
    "set row_security = off",
    "set lock_timeout = '100ms'",
    "set idle_in_transaction_session_timeout = '60s'",
    "set max_parallel_workers_per_gather = 0",
    "set jit = off",
    # A table may have become a view since the catalogue was read; servers older than this setting ignore it.
    "select pg_catalog.set_config(name, 'view,foreign-table', false)"
    " from pg_catalog.pg_settings where name = 'restrict_nonsystem_relation_kind'",
)


class Sessions:
    """The connections of one scan."""

    def __init__(self, first: psycopg.Connection, dsn: Dsn) -> None:
        self.version = first.info.server_version
        self._dsn = dsn
        self._opened = [first]
        self._free: SimpleQueue[psycopg.Connection] = SimpleQueue()
        self._free.put(first)
        self._opening = Lock()
        self._most = MOST_SESSIONS
        self._much_memory = Lock()

    @contextmanager
    def memory_mb(self, sorted_values: int) -> Iterator[int]:
        """Give memory to one question: more than usual where that keeps a sort off the disk, to one at a time."""
        needed = int(sorted_values * _BYTES_A_VALUE / 2**20) + 1
        is_lent = _USUAL_MB < needed <= _MOST_MB and self._much_memory.acquire(blocking=False)
        try:
            yield needed if is_lent else _USUAL_MB
        finally:
            if is_lent:
                self._much_memory.release()

    @contextmanager
    def lend(self) -> Iterator[psycopg.Connection]:
        """Give a connection to one question; waits where both are busy."""
        connection = self._open_another() if self._free.empty() else None
        connection = connection or self._free.get()
        try:  # where one is lost so is the scan: what the other would still say must not pass for the whole answer
            yield next((one for one in self._opened if one.closed), connection)
        finally:
            self._free.put(connection)

    def _open_another(self) -> psycopg.Connection | None:
        with self._opening:
            if len(self._opened) >= self._most:
                return None
            another = connect(self._dsn)
            if another is None:
                self._most = len(self._opened)  # the server has no room for it: one has to do
            else:
                self._opened.append(another)
            return another

    def stop(self) -> None:
        """End the statements that run."""
        for connection in self._opened:
            connection.cancel()

    def close(self) -> None:
        """Close all connections."""
        for connection in self._opened:
            connection.close()


def connect(dsn: Dsn) -> psycopg.Connection | None:
    """Return a read-only connection with the settings of a scan: closed where it was lost at once, None if refused."""
    keywords = {"connect_timeout": "10", **dsn.keywords(), "application_name": "onboard", "client_encoding": "utf8"}
    try:
        connection = psycopg.connect(make_conninfo("", **keywords), autocommit=True)
    except psycopg.Error:
        return None
    try:
        for setting in _SETTINGS:
            connection.execute(setting.encode())
    except psycopg.Error:
        connection.close()
    return connection
