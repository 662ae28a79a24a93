"""A condition in SQL -> its words, for the reader of simple conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = re.compile(
    r"""\s*(?:
      (?P<text>'(?:[^'\\]|'')*')
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<name>"(?:[^"]|"")+"|[A-Za-z_][\w$]*(?:\.(?:"(?:[^"]|"")+"|[A-Za-z_][\w$]*))*)
    | (?P<sign>::|<=|>=|<>|!=|\|\||[()\[\],=<>~!+*/%-])
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its kind (text, number, name, sign) and what it says, unquoted."""

    kind: str
    text: str
    is_quoted: bool = False

    @property
    def key(self) -> str:
        """The word as a keyword: upper case, or empty for a quoted one."""
        return "" if self.is_quoted or self.kind == "text" else self.text.upper()


def words(sql: str) -> tuple[Word, ...] | None:
    """Return the words, or None where something else is met, such as an escape string or a parameter."""
    found: list[Word] = []
    position = 0
    while sql[position:].strip():
        match = _WORDS.match(sql, position)
        if match is None or match.lastgroup is None:
            return None
        found.append(_word(match.lastgroup, match[match.lastgroup]))
        position = match.end()
    return tuple(found)


def _word(kind: str, text: str) -> Word:
    if kind == "text":
        return Word(kind, text[1:-1].replace("''", "'"))
    if kind == "name" and text.startswith('"') and text.count('"') == 2:
        return Word(kind, text[1:-1], is_quoted=True)
    return Word(kind, text)
