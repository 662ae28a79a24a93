"""What a statement may ask of which server version: the columns that `pg_catalog` gained from 14 to 18."""

from __future__ import annotations

# name in braces -> (first version that has it, expression there, expression before)
_PIECES = {
    "multirange_of": (140000, "r.rngmultitypid", "0::oid"),
    "nulls_not_distinct": (150000, "i.indnullsnotdistinct", "false"),
    "is_enforced": (180000, "con.conenforced", "true"),
    "without_overlaps": (180000, "con.conperiod", "false"),
}


def for_version(statement: bytes, version_number: int) -> bytes:
    """Return the statement with each `{piece}` as this server can answer it."""
    text = statement.decode()
    for name, (since, there, before) in _PIECES.items():
        text = text.replace("{" + name + "}", there if version_number >= since else before)
    return text.encode()
