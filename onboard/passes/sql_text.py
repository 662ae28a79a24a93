"""SQL in the server's own words, as a literal inside an expression of Django's."""

from __future__ import annotations

from onboard.passes.written import Written, argument, call, imported, listed


def raw_sql(sql: str) -> Written:
    """Return `RawSQL(sql, [])`. Django puts parentheses around it."""
    return call(imported("django.db.models.expressions", "RawSQL"), (argument(None, sql), argument(None, listed(()))))
