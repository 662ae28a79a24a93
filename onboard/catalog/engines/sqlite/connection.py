"""Dsn -> a SQLite connection that cannot write, and the wording of everything that may stop it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from onboard.catalog.dsn import Dsn
from onboard.errors import BadInput, NothingDone

_MAGIC = b"SQLite format 3\x00"  # https://sqlite.org/fileformat.html: the first 16 bytes of any file that is not empty


@contextmanager
def connected(dsn: Dsn) -> Iterator[sqlite3.Connection]:
    """Open the file for reading, in one transaction; it is never created.

    NothingDone where it is missing or cannot be read, BadInput where it is not a SQLite database.
    """
    path = Path(dsn.get("path"))
    _require_sqlite(path)
    uri = f"file:{quote(str(path.absolute()))}?mode=ro"
    try:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=5)
    except sqlite3.Error as error:
        raise _unreadable(path, error) from None
    with closing(connection):
        # A name that is not UTF-8 must not stop the scan: it is found again by its surrogates.
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        try:
            connection.execute("pragma query_only = 1")
            connection.execute("begin")
            connection.execute("select count(*) from sqlite_master").fetchone()
            yield connection
        except sqlite3.DatabaseError as error:
            raise _unreadable(path, error) from None


def _require_sqlite(path: Path) -> None:
    """Look at the first bytes, so that a file of another kind is never handed to the library."""
    try:
        if path.is_dir():
            raise BadInput("This is a folder, not a SQLite database.", where=f"`{path}`")
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except FileNotFoundError:
        raise NothingDone(
            "There is no such file.", where=f"`{path}`", remedy="A missing database is never created; check the path."
        ) from None
    except OSError as error:
        raise NothingDone(f"The file cannot be read: {error.strerror}.", where=f"`{path}`") from None
    if start and start != _MAGIC:
        raise BadInput("The file is not a SQLite database.", where=f"`{path}`")


def _unreadable(path: Path, error: sqlite3.Error) -> BadInput | NothingDone:
    if "not a database" in str(error):
        return BadInput("The file is not a SQLite database, or is encrypted.", where=f"`{path}`")
    return NothingDone(f"The SQLite database cannot be read: {error}.", where=f"`{path}`")
