"""What to do when names or comments are not valid in the encoding that the database claims.

That happens in SQL_ASCII databases, which take any bytes, and where a character has no place in UTF-8. The catalogue
is then read once more without conversion; what cannot be decoded is left out and named, comments are kept readable.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.pq import Format

from onboard.catalog.engines.postgresql.server import Cursor
from onboard.catalog.snapshot import Snapshot
from onboard.catalog.structure import LeftOut, TableName

Value = TypeVar("Value")

_TEXT_TYPES = ('"char"', "name", "text", "varchar", "bpchar")
_REASON = "its definition holds bytes that are not valid in the encoding of the database"


def tolerate(cursor: Cursor) -> None:
    """Make the transaction give texts as they are stored, undecodable bytes as lone surrogates."""
    connection = cursor.connection
    stored_as = connection.info.parameter_status("server_encoding") or "UTF8"
    connection.execute(psycopg.sql.SQL("set local client_encoding = {}").format(stored_as))
    codec = "utf-8" if stored_as == "SQL_ASCII" else connection.info.encoding

    class Tolerant(Loader):
        format = Format.BINARY

        def load(self, data: Buffer) -> str:
            return bytes(data).decode(codec, "surrogateescape")

    for name in _TEXT_TYPES:
        cursor.adapters.register_loader(name, Tolerant)


def without_undecodable(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with what could not be decoded left out and named."""
    catalog = snapshot.catalog
    tables = tuple(_readable_comments(table) for table in catalog.tables)
    dropped = [value.name for value in (*tables, *catalog.types, *catalog.sequences) if _is_undecodable(value)]
    dropped += [function.name for function in catalog.functions if _is_undecodable(function)]
    left_out = [LeftOut(_shown_name(name), _REASON) for name in dropped]
    left_out += [LeftOut(_shown_name(one.name), one.reason) for one in catalog.left_out]
    kept = replace(
        catalog,
        tables=_decodable(tables),
        types=_decodable(catalog.types),
        sequences=_decodable(catalog.sequences),
        functions=_decodable(catalog.functions),
        left_out=tuple(sorted(left_out, key=lambda one: one.name)),
    )
    names = {table.name for table in kept.tables}
    estimates = tuple(pair for pair in snapshot.row_estimates if pair[0] in names)
    return Snapshot(kept, estimates, passed_over=snapshot.passed_over)


def _decodable(values: tuple[Value, ...]) -> tuple[Value, ...]:
    return tuple(value for value in values if not _is_undecodable(value))


def _is_undecodable(value: object) -> bool:
    if isinstance(value, str):
        return any("\udc80" <= character <= "\udcff" for character in value)
    if isinstance(value, tuple):
        return any(_is_undecodable(item) for item in value)
    if is_dataclass(value):
        return any(_is_undecodable(getattr(value, field.name)) for field in fields(value))
    return False


def _readable_comments(value: Any) -> Any:  # whatever a field of the Catalog holds
    """Return the value with the undecodable bytes of its comments written as `\\xNN`."""
    if isinstance(value, tuple):
        return tuple(_readable_comments(item) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        field.name: _shown(held) if field.name == "comment" and held else _readable_comments(held)
        for field in fields(value)
        for held in [getattr(value, field.name)]
    }
    return replace(value, **changed)


def _shown_name(name: TableName) -> TableName:
    return TableName(_shown(name.schema), _shown(name.name))


def _shown(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
