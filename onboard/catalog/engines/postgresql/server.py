"""A server inside one transaction, asked one question after another, each in the words of its version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import psycopg

Row: TypeAlias = tuple[Any, ...]  # what a statement gives is typed by the module that asks it
Cursor: TypeAlias = psycopg.Cursor[Row]

# The columns that `pg_catalog` gained: name in braces -> (first version that has it, there, before).
_PIECES = {
    "multirange_of": (140000, "r.rngmultitypid", "0::oid"),
    # Before 14 a table that was never analysed says 0 rows, as does an empty one.
    "was_analysed": (140000, "c.reltuples >= 0", "(c.reltuples > 0 or c.relpages > 0)"),
    "nulls_not_distinct": (150000, "i.indnullsnotdistinct", "false"),
    "is_enforced": (180000, "con.conenforced", "true"),
    "without_overlaps": (180000, "con.conperiod", "false"),
}


@dataclass(frozen=True, slots=True)
class Server:
    """A cursor with binary results, and which version answers it."""

    cursor: Cursor
    version_number: int  # 150018

    def ask(self, statement: bytes, parameters: Sequence[object] | Mapping[str, object]) -> list[Row]:
        """Return all rows of one statement, each `{piece}` of it as this version can answer it."""
        text = statement.decode()
        for name, (since, there, before) in _PIECES.items():
            text = text.replace("{" + name + "}", there if self.version_number >= since else before)
        return self.cursor.execute(text.encode(), parameters).fetchall()
