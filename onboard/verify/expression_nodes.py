"""Nodes of an expression's tree, each in the one form that all spellings of it get."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from onboard.verify.expression_tokens import Unreadable

Node = tuple[Any, ...]  # (kind, parts...): Any, because each kind has its own

_FLIPPED = {">": "<", ">=": "<="}
_WHOLE = {"int2", "int4", "int8"}
_NUMBERS = {*_WHOLE, "numeric", "float4", "float8"}


def literal(value: Node, type_: str) -> Node:
    """A literal with its cast taken off: in a form that is the same for all spellings of one value."""
    if value[0] == "number" and type_ in _NUMBERS - _WHOLE:
        return ("decimal", value[1])
    if value[0] != "text":
        return value
    text = str(value[1])
    if type_ in _NUMBERS:
        found = number(text)
        return found if type_ in _WHOLE or found[0] == "text" else ("decimal", found[1])
    if type_ == "bool":
        words = {"t": "1", "true": "1", "1": "1", "f": "0", "false": "0", "0": "0"}
        return ("bool", words[text.lower()]) if text.lower() in words else value
    readers: dict[str, Callable[[str], date | time]] = {
        "date": date.fromisoformat,
        "timestamp": datetime.fromisoformat,
        "timestamptz": datetime.fromisoformat,
        "time": time.fromisoformat,
    }
    if type_ in readers:
        try:
            moment = readers[type_](text)
        except ValueError:
            return value
        if isinstance(moment, datetime) and moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
        return ("text", moment.isoformat())
    return value


def number(text: str) -> Node:
    """Return a number in plain digits, whole or `decimal`; a text where it is none."""
    try:
        value = format(Decimal(text).normalize() + 0, "f")
    except InvalidOperation:
        return ("text", text)
    return ("number" if text.lstrip("+-").isdigit() else "decimal", value)


def widened(value: Node, type_: str) -> Node:
    """Return a value as the other operand's wider type sees it: a column without the cast to that type."""
    if value[0] == "number":
        return ("decimal", value[1])
    return value[2] if value[0] == "cast" and value[1] == type_ and value[2][0] == "column" else value


def _as_compared(value: Node) -> Node:
    """In a comparison `0`, `0.00` and `0::numeric` are one."""
    return ("number", value[1]) if value[0] == "decimal" else value


def signed(sign: str, value: Node) -> Node:
    """Return a value behind a plus or minus; of a number the sign becomes part."""
    if value[0] in ("number", "decimal"):
        text = str(value[1])
        negative = text[1:] if text.startswith("-") else f"-{text}"
        return (value[0], text if sign == "+" or text == "0" else negative)
    return value if sign == "+" else ("minus", value)


def negated(node: Node) -> Node:
    """Return `NOT node`, two of which are none."""
    return node[1] if node[0] == "not" else ("not", node)


def joined(word: str, parts: tuple[Node, ...]) -> Node:
    """Return parts joined by AND or OR, in one order, those joined by the same word among them."""
    flat: set[Node] = set()
    for part in parts:
        flat |= set(part[1:]) if part[0] == word else {part}
    return (word, *sorted(flat, key=repr)) if len(flat) > 1 else flat.pop()


def compared_by(sign: str, left: Node, right: Node) -> Node:
    """Return a comparison or another operation of two operands; the smaller is on the left, equals in one order."""
    sign = {"!=": "<>", "==": "="}.get(sign, sign)
    if sign in ("=", "<>", "<", "<=", ">", ">="):
        left, right = _as_compared(left), _as_compared(right)
    if sign in _FLIPPED:
        return ("op", _FLIPPED[sign], right, left)
    if sign == "<>":
        return negated(compared_by("=", left, right))
    if sign == "=":
        first, second = sorted((left, right), key=repr)
        return ("op", "=", first, second)
    return ("op", sign, left, right)


def one_of(sign: str, value: Node, items: list[Node]) -> Node:
    """Return `IN`, or with `<>` `NOT IN`; of one item it is a comparison, as the server makes of it."""
    if not items:
        raise Unreadable("an empty list")
    items = [_as_compared(item) for item in items]
    found = compared_by("=", value, items[0]) if len(set(items)) == 1 else ("in", value, *sorted(set(items), key=repr))
    return negated(found) if sign == "<>" else found
