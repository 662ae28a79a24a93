"""The SQL of a view in `sqlite_master` -> the relations that it reads."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from onboard.catalog.engines.sqlite.tokens import TokenKind, tokens
from onboard.catalog.structure import TableName


def read_relations(sql: str, known: Mapping[str, str]) -> tuple[TableName, ...]:
    """Return the relations, of those known by lower-cased name, that stand behind FROM, JOIN or a comma."""
    found: set[str] = set()
    names = [token for token in tokens(sql) if token.text != "("]
    for before, token in pairwise(names):
        if token.kind not in (TokenKind.WORD, TokenKind.QUOTED, TokenKind.STRING):
            continue
        if before.is_word("FROM", "JOIN") or before.text in (",", "."):
            found.add(token.name.lower())
    return tuple(sorted(TableName("main", known[name]) for name in found if name in known))
