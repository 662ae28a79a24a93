"""SQLite's SQL text -> tokens, so that DDL is never read with a regex that strings and comments would fool.

Source of truth: https://sqlite.org/lang_keywords.html and `tokenize.c`; comments and white space are passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto


class TokenKind(Enum):
    """What sort of token it is."""

    WORD = auto()  # a bare identifier or keyword
    QUOTED = auto()  # an identifier in double quotes, backticks or brackets
    STRING = auto()
    NUMBER = auto()
    SIGN = auto()  # one or more characters of punctuation


@dataclass(frozen=True, slots=True)
class Token:
    """One token and where it stands in the text."""

    kind: TokenKind
    text: str  # as written
    start: int
    end: int

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, given in capitals."""
        return self.kind is TokenKind.WORD and self.text.upper() in words

    @property
    def name(self) -> str:
        """The identifier it stands for, quotes undone. SQLite takes a string for a name as well."""
        if self.kind is TokenKind.WORD:
            return self.text
        quote, inner = self.text[0], self.text[1:-1]
        return inner if quote == "[" else inner.replace(quote * 2, quote)


_TOKEN = re.compile(
    r"""
    (?P<space>\s+ | --[^\n]* | /\*.*?(?:\*/|\Z))
  | (?P<string>[xX]?'(?:[^']|'')*')
  | (?P<quoted>"(?:[^"]|"")*" | `(?:[^`]|``)*` | \[[^\]]*\])
  | (?P<number>(?:0[xX][0-9a-fA-F]+ | (?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?))
  | (?P<word>(?:[^\W\d]|\$|[^\x00-\x7f])(?:\w|\$|[^\x00-\x7f])*)
  | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_KINDS = {
    "string": TokenKind.STRING,
    "quoted": TokenKind.QUOTED,
    "number": TokenKind.NUMBER,
    "word": TokenKind.WORD,
    "sign": TokenKind.SIGN,
}


def tokens(sql: str) -> tuple[Token, ...]:
    """Return the tokens of the text in order."""
    return tuple(
        Token(_KINDS[match.lastgroup], match.group(), match.start(), match.end())
        for match in _TOKEN.finditer(sql)
        if match.lastgroup and match.lastgroup != "space"
    )


def closing(found: tuple[Token, ...], opening: int) -> int:
    """Return the place of the parenthesis that closes the one at `opening`; the end where it is left open."""
    depth = 0
    for place in range(opening, len(found)):
        depth += {"(": 1, ")": -1}.get(found[place].text, 0)
        if depth == 0:
            return place
    return len(found)


def inside(sql: str, found: tuple[Token, ...], opening: int) -> str:
    """Return the text between the parenthesis at `opening` and its partner, comments at the ends left out."""
    end = closing(found, opening)
    return sql[found[opening + 1].start : found[end - 1].end] if end - opening > 1 else ""


def split(found: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """Return the tokens between the commas that stand outside all parentheses."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in found:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.text == "," and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return [tuple(part) for part in parts]
