"""Pieces of Python as syntax-tree nodes, each with the imports and helper classes it needs.

A piece may read differently in a migration than in models.py: relations are spelled `app.model`, helper classes
`app.fields.X`, choices as a list. Both forms are carried side by side, so that the baseline never parses models.
Text from the database only ever enters through `literal`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import libcst as cst

from onboard.passes.node_text import node_text
from onboard.passes.source import Import

NO_IMPORTS: frozenset[Import] = frozenset()
NO_HELPERS: frozenset[str] = frozenset()
# Shared, because LibCST holds each new piece of layout against a pattern, which takes its time.
_NONE = cst.SimpleWhitespace("")
_TIGHT = cst.AssignEqual(_NONE, _NONE)
_NO_MODULE = cst.Module([])

Literal = str | int | bool | None | Decimal


@dataclass(frozen=True, slots=True)
class Written:
    """An expression as models.py says it, and as a migration says it where that differs."""

    node: cst.BaseExpression
    recorded: cst.BaseExpression | None = None
    imports: frozenset[Import] = NO_IMPORTS
    helpers: frozenset[str] = NO_HELPERS

    @property
    def record(self) -> cst.BaseExpression:
        """The form a migration takes."""
        return self.node if self.recorded is None else self.recorded


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a call; positional where `keyword` is None."""

    keyword: str | None
    value: Written


@lru_cache(maxsize=1 << 16)
def code(node: cst.CSTNode) -> str:
    """Return the source of a node; nodes are immutable and shared, so each is written once."""
    text = node_text(node)
    return _NO_MODULE.code_for_node(node) if text is None else text


@lru_cache(maxsize=1 << 14)
def parsed(text: str) -> cst.BaseExpression:
    """Parse source of ours (never of the database's) into a shared node."""
    return cst.parse_expression(text)


@lru_cache(maxsize=1 << 16)
def _literal_node(text: str) -> cst.BaseExpression:
    return cst.SimpleString(text) if text[0] in "'\"" else cst.parse_expression(text)


def literal(value: Literal) -> Written:
    """Return a value as a literal, however hostile its text."""
    if isinstance(value, Decimal):
        return call(imported("decimal", "Decimal"), (Argument(None, literal(str(value))),))
    return Written(_literal_node(repr(value)))


def listed(items: Iterable[Written]) -> Written:
    """Return a list display."""
    return _display(tuple(items), cst.List)


def grouped(items: Iterable[Written]) -> Written:
    """Return a tuple display."""
    return _display(tuple(items), cst.Tuple)


def _display(items: tuple[Written, ...], kind: type[cst.List] | type[cst.Tuple]) -> Written:
    recorded = None
    if any(item.recorded is not None for item in items):
        recorded = kind([cst.Element(item.record) for item in items])
    return Written(kind([cst.Element(item.node) for item in items]), recorded, *needs(items))


def needs(items: Iterable[Written]) -> tuple[frozenset[Import], frozenset[str]]:
    """Return all imports and all helper classes of these pieces."""
    imports: frozenset[Import] = NO_IMPORTS
    helpers: frozenset[str] = NO_HELPERS
    for item in items:
        imports = imports | item.imports if item.imports else imports
        helpers = helpers | item.helpers if item.helpers else helpers
    return imports, helpers


@lru_cache(maxsize=1 << 10)
def models(name: str) -> Written:
    """Return `models.<name>`."""
    return Written(parsed(f"models.{name}"), imports=frozenset({Import("django.db", "models")}))


@lru_cache(maxsize=1 << 10)
def imported(module: str, name: str) -> Written:
    """Return a name imported from a module."""
    return Written(parsed(name), imports=frozenset({Import(module, name)}))


@lru_cache(maxsize=1 << 10)
def helper(app: str, name: str) -> Written:
    """Return a helper class of the app's fields.py."""
    return Written(parsed(name), parsed(f"{app}.fields.{name}"), helpers=frozenset({name}))


def argument(keyword: str | None, value: Literal | Written) -> Argument:
    """Return an argument of a literal or of a piece."""
    return Argument(keyword, value if isinstance(value, Written) else literal(value))


def call(function: Written, arguments: Iterable[Argument]) -> Written:
    """Return a call."""
    arguments = tuple(arguments)
    pieces = (function, *(given.value for given in arguments))
    recorded = None
    if any(piece.recorded is not None for piece in pieces):
        recorded = _call(function.record, [_arg(given.keyword, given.value.record) for given in arguments])
    node = _call(function.node, [_arg(given.keyword, given.value.node) for given in arguments])
    return Written(node, recorded, *needs(pieces))


def attribute(of: Written, name: str) -> Written:
    """Return an attribute of a piece that reads the same in a migration."""
    return Written(cst.Attribute(of.node, cst.Name(name)), None, of.imports, of.helpers)


def _call(function: cst.BaseExpression, arguments: list[cst.Arg]) -> cst.Call:
    return cst.Call(function, arguments, whitespace_after_func=_NONE, whitespace_before_args=_NONE)


def _arg(keyword: str | None, value: cst.BaseExpression) -> cst.Arg:
    name = None if keyword is None else cst.Name(keyword)
    equal = cst.MaybeSentinel.DEFAULT if keyword is None else _TIGHT
    return cst.Arg(value, name, equal, whitespace_after_star=_NONE, whitespace_after_arg=_NONE)
