"""The text of an SQL expression -> its tokens.

Source: "Lexical Structure" of PostgreSQL's manual; SQLite's quoting too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


class Unreadable(Exception):
    """The expression holds something that is not read here."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token; words are in lower case."""

    kind: str  # "string", "quoted", "number", "word", "operator" or "mark"
    text: str


_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<string>[eE]?'(?:[^']|'')*')
  | (?P<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`|(?<![\w\])])\[[^\]',\d]+\])
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<cast>::)
  | (?P<word>[^\W\d][\w$]*)
  | (?P<operator>[-+*/<>=~!@\#%^&|?]+)
  | (?P<mark>[(),.;:\[\]])
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens(sql: str) -> tuple[Token, ...]:
    """Return the tokens without white space; Unreadable for a character of no token."""
    found: list[Token] = []
    place = 0
    while match := _TOKEN.match(sql, place):
        kind, text = str(match.lastgroup), match[0]
        place = match.end()
        if kind == "operator" and len(text) > 1 and not set(text) & set("~!@#%^&|?"):
            shorter = text.rstrip("+-") or text[0]  # `a >-1` is a comparison with a sign behind it
            place -= len(text) - len(shorter)
            text = shorter
        if kind == "other" or (kind == "string" and "\\" in text and text[0] in "eE"):
            raise Unreadable(text)
        if kind != "space":
            found.append(Token("mark" if kind == "cast" else kind, text.lower() if kind == "word" else text))
    return tuple(found)
