"""Whether two SQL expressions mean the same, as far as that can be told from their words.

The server rewrites what it is given (`IN` becomes `= ANY`, casts and parentheses appear), so both are brought into one
form first. Two forms that are equal are the same; two made of the same comparisons are tried out. Where neither
tells, they differ if their columns, literals or comparisons do, and could not be compared if these are the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum

from onboard.catalog.structure import Column
from onboard.verify.expression_nodes import Node
from onboard.verify.expression_tokens import Unreadable, tokens
from onboard.verify.expression_tree import tree
from onboard.verify.expression_truth import Reading, agree, atoms_of


class Agreement(Enum):
    """What came of holding one expression against another."""

    SAME = "same"
    DIFFERENT = "different"
    UNCOMPARED = "could not be compared"


def compared(claimed: str, actual: str, columns: Mapping[str, Column], *, reading: Reading) -> Agreement:
    """Return whether the expressions mean the same; `columns` are those of the table, by name."""
    if _words(claimed) == _words(actual) is not None:
        return Agreement.SAME
    trees = _tree(claimed, columns), _tree(actual, columns)
    one, other = trees
    if one is not None and other is not None:
        if one == other or (reading is not Reading.VALUE and agree(one, other, reading)):
            return Agreement.SAME
        if atoms_of(one) == atoms_of(other) and agree(one, other, reading) is False:
            return Agreement.DIFFERENT
        if one[0] in _LITERALS and other[0] in _LITERALS:
            return _compared_literals(one, other)
    is_alike = _signature(claimed, set(columns)) == _signature(actual, set(columns))
    return Agreement.UNCOMPARED if is_alike else Agreement.DIFFERENT


def is_alike(claimed: str, actual: str, columns: Mapping[str, Column], *, reading: Reading) -> bool:
    """Whether an expression may be taken for another that has no name in common with it.

    It is the same, or it could not be compared, and is made of the same words: functions included.
    """
    found = compared(claimed, actual, columns, reading=reading)
    if found is Agreement.UNCOMPARED:
        return _every_word(claimed) == _every_word(actual)
    return found is Agreement.SAME


def _every_word(sql: str) -> list[Token]:
    return sorted(_loose_tokens(re.sub(r"^\s*check\b", "", sql, flags=re.IGNORECASE)))


_NUMBERS = ("number", "decimal", "bool")  # SQLite's `true` is 1
_LITERALS = (*_NUMBERS, "text", "null")


def _compared_literals(one: Node, other: Node) -> Agreement:
    if one[0] in _NUMBERS and other[0] in _NUMBERS:
        return Agreement.SAME if one[1] == other[1] else Agreement.DIFFERENT
    # A number in quotes is the number, or a text, by the column's type.
    is_spelling = {one[0], other[0]} != {"text"} and _literal(str(one[-1])) == _literal(str(other[-1]))
    return Agreement.UNCOMPARED if is_spelling else Agreement.DIFFERENT


def _words(sql: str) -> tuple[object, ...] | None:
    try:
        return tokens(sql)
    except Unreadable:
        return None


def _tree(sql: str, columns: Mapping[str, Column]) -> Node | None:
    """Return the tree; also of a whole `CHECK (...)`."""
    inside = re.fullmatch(r"\s*check\s*(\(.*\))(?:\s+not\s+valid)?\s*", sql, re.IGNORECASE | re.DOTALL)
    try:
        return tree(inside[1] if inside else sql, columns)
    except (Unreadable, RecursionError):
        return None


_TOKEN = re.compile(
    r"""
    (?P<string>[eE]?'(?:[^']|'')*')
  | (?P<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`|(?<!\w)\[[^\]']*\])
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<cast>::)
  | (?P<word>[^\W\d][\w$]*)
  | (?P<operator>[-+*/<>=~!@\#%^&|?]+)
  | (?P<mark>[(),.;:\[\]])
    """,
    re.VERBOSE,
)
_TYPE = re.compile(
    r"""::\s*(?:(?:"(?:[^"]|"")*"|[\w$]+)\.)?(?:"(?:[^"]|"")*"|[\w$]+)
    (?:\s+varying|\s+precision)?(?:\s*\([\d,\s]*\))?(?:\s+with(?:out)?\s+time\s+zone)?(?:\s*\[\d*\])*""",
    re.VERBOSE | re.IGNORECASE,
)
# `flag = true` and `flag is true` filter as `flag` does, which is how Django writes them.
_TRUTH = re.compile(r"\s*(?:=|\bis\b)\s*(?:true|false)\b", re.IGNORECASE)
_NOW = {"current_timestamp", "now", "statement_timestamp", "transaction_timestamp"}
_COMPARISONS = {"<", ">", "<=", ">="}
_WORDS = {"true": "1", "false": "0"}

Token = tuple[str, str]  # (kind, text): "literal", "name", "operator", or "mark" while signs are settled


def _loose_tokens(sql: str) -> list[Token]:
    text = _TYPE.sub(" ", re.sub(r"\bcast\s*\((.*?)\s+as\s+[\w\s]+(?:\(\d+\))?\)", r"(\1)", sql, flags=re.I | re.S))
    text = _TRUTH.sub("", text)
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        token = _token(match.lastgroup or "", match[0])
        if token is not None:
            found.append(token)
    return [token for token in _signed(found) if token[0] != "mark"]


def _token(kind: str, text: str) -> Token | None:
    match kind:
        case "string":
            return ("literal", _literal(text[text.index("'") + 1 : -1].replace("''", "'")))
        case "number":
            return ("literal", _literal(text))
        case "quoted":
            return ("name", text[1:-1])
        case "word" if text.lower() in _NOW:
            return ("name", "now")
        case "word":
            word = text.lower()
            return ("literal", _WORDS[word]) if word in ("true", "false") else ("name", word)
        case "operator":
            return ("operator", "<>" if text == "!=" else text)
        case "mark" if text in ",([":
            return ("mark", text)
    return None


def _literal(text: str) -> str:
    try:
        return str(Decimal(text).normalize() + 0) if re.fullmatch(r"[-+]?[\d.]+(e[-+]?\d+)?", text, re.I) else text
    except InvalidOperation:
        return text


def _signed(tokens: list[Token]) -> list[Token]:
    """A minus before a number that stands alone belongs to the number: `-1` and `'-1'` are one literal."""
    found: list[Token] = []
    for kind, text in tokens:
        before = found[-2:-1]
        is_sign = (
            bool(found) and found[-1] == ("operator", "-") and (not before or before[0][0] in ("operator", "mark"))
        )
        if kind == "literal" and is_sign:
            found[-1] = ("literal", _literal(f"-{text}"))
        else:
            found.append((kind, text))
    return found


def _signature(sql: str, columns: set[str]) -> tuple[frozenset[str], ...]:
    """Return the columns, the literals and the comparisons that the words name."""
    tokens = _loose_tokens(sql)
    folded = {column.lower(): column for column in columns}
    names = frozenset(folded[text.lower()] for kind, text in tokens if kind == "name" and text.lower() in folded)
    literals = frozenset(text for kind, text in tokens if kind == "literal")
    has_between = ("name", "between") in tokens
    operators = frozenset(text for kind, text in tokens if kind == "operator" and text in _COMPARISONS)
    return names, literals, operators | ({">=", "<="} if has_between else frozenset())
