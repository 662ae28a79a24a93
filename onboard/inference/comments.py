"""Looks for names of tables in comments: whole words only, as they are spelled, in any letter case."""

from __future__ import annotations

import re
from functools import lru_cache

_SHORTEST = 3


@lru_cache(maxsize=4096)
def _words(comment: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", comment.lower()))


def mentions(comment: str, table: str) -> bool:
    """Whether a comment has the table's name as a word."""
    return len(table) >= _SHORTEST and table.lower() in _words(comment)
