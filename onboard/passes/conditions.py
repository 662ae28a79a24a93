"""A condition in SQL -> a Q, where it is simple."""

from __future__ import annotations

from onboard.passes.brief import Brief
from onboard.passes.written import Written


def condition(sql: str, brief: Brief) -> Written | None:
    """Return the condition as an expression of Django's, or None where that would change its meaning."""
    return None
