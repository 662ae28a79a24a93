"""Whether two SQL expressions mean the same, as far as that can be told from their words.

The server rewrites what it is given (`IN` becomes `= ANY`, casts and parentheses appear), so texts are compared
after both are brought to tokens without casts, parentheses and quoting. Where the tokens part, what still counts is
whether both name the same columns, literals and comparisons. Anything else is not compared: never a false alarm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

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


def may_be_same(claimed: str, actual: str, columns: Iterable[str]) -> bool:
    """Whether nothing shows that the two expressions part; `columns` are the names of the table's columns."""
    one, other = _tokens(claimed), _tokens(actual)
    if one == other:
        return True
    if _is_simple(one) and _is_simple(other):
        return False
    return _signature(one, set(columns)) == _signature(other, set(columns))


def _tokens(sql: str) -> list[Token]:
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


def _is_simple(tokens: list[Token]) -> bool:
    """One literal alone: nothing a server could have rewritten beyond what was undone here."""
    return len(tokens) == 1 and tokens[0][0] == "literal"


def _signature(tokens: list[Token], columns: set[str]) -> tuple[frozenset[str], ...]:
    folded = {column.lower(): column for column in columns}
    names = frozenset(folded[text.lower()] for kind, text in tokens if kind == "name" and text.lower() in folded)
    literals = frozenset(text for kind, text in tokens if kind == "literal")
    has_between = ("name", "between") in tokens
    operators = frozenset(text for kind, text in tokens if kind == "operator" and text in _COMPARISONS)
    return names, literals, operators | ({">=", "<="} if has_between else frozenset())
