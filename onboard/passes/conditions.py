"""A condition in SQL -> a Q, where it is simple: comparisons with literals and columns, IN, IS, AND, OR, `~`.

Only what Django turns back into a condition of the same meaning is rebuilt: `<>` only of columns that are never null,
because Django's negation minds NULLs where the database's does not, and no functions. Everything else is None, and
kept in the server's own words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import libcst as cst

from onboard.catalog.structure import Column
from onboard.passes.brief import Brief
from onboard.passes.column_values import column_value
from onboard.passes.sql_words import Word, words
from onboard.passes.written import Written, argument, call, listed, literal, models, needs

_LOOKUPS = {"=": "", "<>": "", ">": "__gt", ">=": "__gte", "<": "__lt", "<=": "__lte", "~": "__regex"}
_TRUTHS = {"TRUE": True, "FALSE": False}
_TYPE_WORDS = ("VARYING", "PRECISION", "WITH", "WITHOUT", "TIME", "ZONE")  # behind the first word of a type


class _NotSimple(Exception):
    """The condition is none of ours."""


@dataclass(frozen=True, slots=True)
class _Column:
    column: Column


@dataclass(frozen=True, slots=True)
class _Value:
    text: str
    is_text: bool


@dataclass(frozen=True, slots=True)
class _Values:
    items: tuple[_Value, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    written: Written
    is_joined: bool = False  # by AND or OR


_Node = _Column | _Value | _Values | _Said


def condition(sql: str, brief: Brief, *, is_filter: bool = False) -> Written | None:
    """Return the condition as an expression of Django's, or None where that would change its meaning.

    A filter, such as an index's predicate, takes unknown for false; a check takes it for true.
    """
    found = words(sql)
    if not found or len(found) > 400:
        return None
    try:
        reader = _Reader(found, brief, is_filter=is_filter)
        said = reader.condition(reader.any_of())
    except _NotSimple:
        return None
    return said.written if reader.is_done else None


class _Reader:
    """Reads words from left to right."""

    def __init__(self, found: tuple[Word, ...], brief: Brief, *, is_filter: bool) -> None:
        self._words = found
        self._at = 0
        self._brief = brief
        self._is_filter = is_filter

    @property
    def is_done(self) -> bool:
        """Whether every word is read."""
        return self._at == len(self._words)

    def any_of(self) -> _Node:
        """Read conditions joined by OR, or a single value."""
        return self._joined("OR", self._all_of)

    def _all_of(self) -> _Node:
        return self._joined("AND", self._one)

    def _joined(self, keyword: str, read: Callable[[], _Node]) -> _Node:
        node = read()
        while self._next() == keyword:
            self._at += 1
            right = self.condition(read())
            node = _join(self.condition(node), keyword, right)
        return node

    def condition(self, node: _Node) -> _Said:
        """Take a node for a condition: a boolean column is one by itself."""
        if isinstance(node, _Said):
            return node
        if isinstance(node, _Column) and node.column.type.name == "bool":
            return self._say(node, "", literal(True))
        raise _NotSimple

    def _one(self) -> _Node:
        if self._next() == "NOT":
            self._at += 1
            node = self._operand()
            if isinstance(node, _Column) and node.column.type.name == "bool":
                return self._say(node, "", literal(False))
            raise _NotSimple
        left = self._operand()
        sign = self._next()
        if sign == "IS":
            return self._is(left)
        if sign == "IN":
            self._at += 1
            self._take("(")
            return self._among(left, self._items(")"))
        return self._compared(left, sign) if sign in _LOOKUPS else left

    def _compared(self, left: _Node, sign: str) -> _Node:
        self._at += 1
        if self._next() == "ANY" and sign == "=":
            self._at += 1
            right = self._operand()
            return self._among(left, right.items if isinstance(right, _Values) else ())
        if self._next() in _TRUTHS and sign == "=":
            return self._truth(left)
        right = self._operand()
        if not isinstance(left, _Column):
            raise _NotSimple
        lookup = self._lookup(sign, left, right)
        if isinstance(right, _Column):
            said = self._say(left, lookup, call(models("F"), (argument(None, self._name(right)),)))
        elif isinstance(right, _Value):
            said = self._say(left, lookup, _python(right, left.column))
        else:
            raise _NotSimple
        return _negated(said) if sign == "<>" else said

    def _lookup(self, sign: str, left: _Column, right: _Node) -> str:
        if sign == "<>" and any(isinstance(node, _Column) and self._may_be_null(node) for node in (left, right)):
            raise _NotSimple
        is_text = left.column.type.name in ("varchar", "text") and left.column.name not in self._brief.relations
        if sign == "~" and not (is_text and isinstance(right, _Value)):  # a relation has no such lookup
            raise _NotSimple
        return _LOOKUPS[sign]

    def _may_be_null(self, node: _Column) -> bool:
        key = self._brief.decision.primary_key
        return node.column.is_nullable and (key is None or node.column.name not in key.columns)

    def _truth(self, left: _Node) -> _Said:
        if not isinstance(left, _Column) or left.column.type.name != "bool":
            raise _NotSimple
        return self._say(left, "", literal(_TRUTHS[self._word().key]))

    def _among(self, left: _Node, items: tuple[_Value, ...]) -> _Node:
        # The server writes IN of one value as a comparison, so a list of one came from elsewhere.
        if not isinstance(left, _Column) or len(items) < 2:
            raise _NotSimple
        return self._say(left, "__in", listed(_python(item, left.column) for item in items))

    def _is(self, left: _Node) -> _Node:
        self._at += 1
        if self._next() in _TRUTHS and isinstance(left, _Column) and (self._is_filter or not self._may_be_null(left)):
            return self._truth(left)
        is_negated = self._next() == "NOT"
        self._at += is_negated
        self._take("NULL")
        if not isinstance(left, _Column):
            raise _NotSimple
        name = self._brief.fields[left.column.name]
        return _Said(call(models("Q"), (argument(f"{name}__isnull", not is_negated),)))

    def _say(self, left: _Column, lookup: str, value: Written) -> _Said:
        return _Said(call(models("Q"), (argument(f"{self._name(left)}{lookup}", value),)))

    def _name(self, node: _Column) -> str:
        """The attribute that holds the column's value; a relation's values are those of what it refers to."""
        if node.column.name in self._brief.flags:
            raise _NotSimple  # its values are true and false there
        relation = self._brief.relations.get(node.column.name)
        if relation is not None:
            target = self._brief.plan.tables[relation.references].column(relation.referenced_columns[0])
            if target.type != node.column.type:
                raise _NotSimple
        return self._brief.attribute(node.column.name)

    def _operand(self) -> _Node:
        word = self._word()
        if word.key == "(":
            node = self.any_of()
            self._take(")")
        elif word.key == "ARRAY":
            self._take("[")
            node = _Values(self._items("]"))
        elif word.key == "-" and self._next().replace(".", "").isdigit():
            node = _Value(f"-{self._word().text}", is_text=False)
        elif word.kind in ("number", "text"):
            node = _Value(word.text, is_text=word.kind == "text")
        elif word.kind == "name" and word.text in self._brief.columns and self._next() != "(":
            node = _Column(self._brief.columns[word.text])
        else:
            raise _NotSimple
        return self._cast(node)

    def _items(self, end: str) -> tuple[_Value, ...]:
        items = []
        while True:
            item = self._operand()
            if not isinstance(item, _Value):
                raise _NotSimple
            items.append(item)
            if self._next() == end:
                self._at += 1
                return tuple(items)
            self._take(",")

    def _cast(self, node: _Node) -> _Node:
        while self._next() == "::":
            self._at += 1
            name = self._type()
            # What the server writes of every varchar compared; any other cast was a person's, and means something.
            is_text = isinstance(node, _Column) and node.column.type.name in ("varchar", "text") and name == "text"
            if isinstance(node, _Said) or (isinstance(node, _Column) and not is_text):
                raise _NotSimple
        return node

    def _type(self) -> str:
        parts = [self._word().text]
        while self._at < len(self._words) and self._next() in _TYPE_WORDS:
            parts.append(self._word().text.lower())
        if self._next() == "[":
            self._at += 1
            self._take("]")
        if self._next() == "(":
            raise _NotSimple
        return " ".join(parts)

    def _next(self) -> str:
        return self._words[self._at].key if self._at < len(self._words) else ""

    def _word(self) -> Word:
        if self._at >= len(self._words):
            raise _NotSimple
        self._at += 1
        return self._words[self._at - 1]

    def _take(self, key: str) -> None:
        if self._word().key != key:
            raise _NotSimple


def _negated(said: _Said) -> _Said:
    written = said.written
    return _Said(Written(cst.UnaryOperation(cst.BitInvert(), written.node), None, written.imports, written.helpers))


def _join(left: _Said, keyword: str, right: _Said) -> _Said:
    operator = cst.BitOr() if keyword == "OR" else cst.BitAnd()
    pieces = (left.written, right.written)
    # Brackets on the right keep the grouping; on the left they are needed around what binds more loosely.
    node = cst.BinaryOperation(
        _bracketed(left, keyword, is_right=False), operator, _bracketed(right, keyword, is_right=True)
    )
    return _Said(Written(node, None, *needs(pieces)), is_joined=True)


def _bracketed(said: _Said, keyword: str, *, is_right: bool) -> cst.BaseExpression:
    node = said.written.node
    is_same = isinstance(node, cst.BinaryOperation) and isinstance(
        node.operator, cst.BitOr if keyword == "OR" else cst.BitAnd
    )
    if not said.is_joined or (is_same and not is_right):
        return node
    return node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def _python(value: _Value, column: Column) -> Written:
    found = column_value(value.text, column, is_text=value.is_text)
    if found is None:
        raise _NotSimple
    return found
