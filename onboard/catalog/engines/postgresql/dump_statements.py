"""The text of a dump -> its statements, each with the table that it is about.

What a dump says to psql or to its own session (`\\restrict`, `\\connect`, `SET`) is left out, and so is what names
other servers or roles: it may hold passwords. Source: psql's `psqlscan.l` for where a statement ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from onboard.catalog.ddl import DdlStatement
from onboard.catalog.structure import TableName
from onboard.errors import NothingDone

_TOKEN = re.compile(
    r"""
    (?P<space>\s+|--[^\n]*)
  | (?P<comment>/\*)
  | (?P<escaped>[eE]'[^'\\]*(?:(?:\\.|'')[^'\\]*)*')
  | (?P<string>'[^']*(?:''[^']*)*')
  | (?P<quoted>"[^"]*(?:""[^"]*)*")
  | (?P<dollar>\$(?:[^\W\d]\w*)?\$)
  | (?P<word>[^\W\d][\w$]*)
  | (?P<number>\d[\w.]*)
  | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str

    def is_word(self, *words: str) -> bool:
        return self.kind == "word" and self.text.lower() in words

    @property
    def name(self) -> str:
        return self.text[1:-1].replace('""', '"') if self.kind == "quoted" else self.text.lower()


@dataclass(frozen=True, slots=True)
class _Statement:
    sql: str
    tokens: tuple[_Token, ...]  # without white space and comments


def dump_statements(text: str) -> tuple[DdlStatement, ...]:
    """Return the statements in the order of the dump."""
    reader = _Reader()
    found = [(one, statement) for statement in _split(text) if (one := reader.read(statement)) is not None]
    # Whose a sequence is, is said behind it: it goes with its table.
    return tuple(replace(one, table=reader.owner(statement)) if one.table is None else one for one, statement in found)


def _split(text: str) -> Iterator[_Statement]:
    tokens: list[_Token] = []
    start = place = depth = blocks = 0
    while place < len(text):
        if not tokens and text[place] == "\\":  # a line for psql, which no server reads
            end = text.find("\n", place)
            place = start = len(text) if end < 0 else end + 1
            continue
        token, end = _next(text, place)
        if token.kind == "space":
            place = end
            start = start if tokens else end
            continue
        depth += (token.text == "(") - (token.text == ")") if token.kind == "sign" else 0
        blocks += _opens(tokens, token, blocks) if not depth else 0
        if token == _Token("sign", ";") and not depth and not blocks:
            if tokens:
                yield _Statement(text[start:place].strip(), tuple(tokens))
            tokens, start = [], end
        else:
            tokens.append(token)
        place = end


def _next(text: str, place: int) -> tuple[_Token, int]:
    match = _TOKEN.match(text, place)
    assert match is not None  # the last alternative takes anything
    kind, end = str(match.lastgroup), match.end()
    if kind == "comment":
        return _Token("space", ""), _comment_end(text, end)
    if kind == "dollar":
        closing = text.find(match[0], end)
        end = len(text) if closing < 0 else closing + len(match[0])
        return _Token("string", text[place:end]), end
    return _Token(kind, match[0]), end


def _comment_end(text: str, place: int) -> int:
    depth = 1
    for mark in re.compile(r"/\*|\*/").finditer(text, place):
        depth += 1 if mark[0] == "/*" else -1
        if not depth:
            return mark.end()
    return len(text)


def _opens(tokens: list[_Token], token: _Token, blocks: int) -> int:
    """`begin atomic ... end` of a function holds statements of its own; so far inside, `case` needs an `end` too."""
    words = [one.text.lower() for one in tokens[:4]]
    if words[:1] != ["create"] or not {"function", "procedure"} & set(words):
        return 0
    if token.is_word("begin") or (blocks and token.is_word("case")):
        return 1
    return -1 if blocks and token.is_word("end") else 0


# What a dump of another kind may hold, and a test server must not get.
_LEFT_OUT = (
    ("set",),
    ("select",),
    ("grant",),
    ("revoke",),
    ("security", "label"),
    ("alter", "default", "privileges"),
    ("create", "database"),
    ("create", "role"),
    ("create", "server"),
    ("create", "user", "mapping"),
    ("create", "foreign", "data", "wrapper"),
    ("create", "foreign", "table"),
    ("create", "publication"),
    ("create", "subscription"),
    ("alter", "publication"),
    ("alter", "subscription"),
    ("comment", "on", "extension"),
    ("comment", "on", "database"),
    ("comment", "on", "server"),
    ("comment", "on", "foreign"),
    ("comment", "on", "publication"),
    ("comment", "on", "subscription"),
)
_PREFIXES = {"unique", "unlogged", "or", "replace", "only", "if", "not", "exists", "concurrently", "materialized"}
_MUST = {"table", "index", "sequence", "type", "domain"}
_HANGS_ON = {"trigger": "on", "policy": "on", "rule": "to", "index": "on", "statistics": "from"}


@dataclass
class _Reader:
    """Reads one statement after the other, and remembers which indexes, views and owners of sequences there were."""

    indexes: dict[TableName, TableName] = field(default_factory=dict)
    views: set[TableName] = field(default_factory=set)
    owners: dict[TableName, TableName] = field(default_factory=dict)  # of sequences

    def owner(self, statement: _Statement) -> TableName | None:
        """Return the table that owns the sequence which this statement makes; None of any other statement."""
        verb, kind, place = _kind(statement.tokens)
        name = _name(statement.tokens, place) if (verb, kind) == ("create", "sequence") else None
        return self.owners.get(name) if name else None

    def read(self, statement: _Statement) -> DdlStatement | None:
        tokens = statement.tokens
        words = [token.text.lower() if token.kind == "word" else "" for token in tokens[:5]]
        if words[:2] == ["set", "standard_conforming_strings"] and tokens[-1].name in ("off", "'off'"):
            raise NothingDone("The database's `standard_conforming_strings` is off, so its dump reads another way.")
        if any(tuple(words[: len(one)]) == one for one in _LEFT_OUT):
            return None
        if words[:2] == ["create", "schema"] and "if" not in words:
            name = statement.sql.split(None, 2)[2]
            return DdlStatement(f"CREATE SCHEMA IF NOT EXISTS {name}", f"schema {tokens[2].name}")
        verb, kind, place = _kind(tokens)
        table = self._table(verb, kind, tokens, place)
        is_owner_change = verb == "alter" and any(
            one.is_word("owner") and other.is_word("to") for one, other in pairwise(tokens)
        )
        if is_owner_change:
            return None
        must = verb in ("create", "alter") and kind in _MUST and table not in self.views and not _may_fail(verb, tokens)
        return DdlStatement(statement.sql, "" if must else _called(tokens, table), table)

    def _table(self, verb: str, kind: str, tokens: tuple[_Token, ...], place: int) -> TableName | None:
        if verb == "comment":
            return self._commented(kind, tokens, place)
        if kind in ("table", "view"):
            found = _name(tokens, place)
            if kind == "view" and found:
                self.views.add(found)
            return found
        if kind == "sequence" and verb == "alter":
            owned = _after(tokens, place, "by")
            table, sequence = _name(tokens, owned) if owned else None, _name(tokens, place)
            if table and sequence:
                self.owners[sequence] = table
            return table
        if kind == "index" and verb == "alter":
            index = _name(tokens, place)
            return self.indexes.get(index) if index else None
        if kind in _HANGS_ON:
            at = _after(tokens, place, _HANGS_ON[kind], is_last=kind == "statistics")
            while at and at < len(tokens) and tokens[at].is_word("only"):
                at += 1
            found = _name(tokens, at) if at else None
            if kind == "index" and found:
                self.indexes[TableName(found.schema, tokens[place].name)] = found
            return found
        return None

    def _commented(self, kind: str, tokens: tuple[_Token, ...], place: int) -> TableName | None:
        if kind in ("table", "view", "column"):
            return _name(tokens, place)
        if kind == "index":
            index = _name(tokens, place)
            return self.indexes.get(index) if index else None
        if kind in ("constraint", "trigger", "rule", "policy"):
            at = _after(tokens, place, "on")
            return _name(tokens, at) if at and not tokens[at].is_word("domain") else None
        return None


def _kind(tokens: tuple[_Token, ...]) -> tuple[str, str, int]:
    """Return the verb, the kind of thing and where its name begins."""
    verb = tokens[0].text.lower()
    place = 1 + (verb == "comment")
    while place < len(tokens) - 1 and tokens[place].is_word("event", "constraint", "foreign", *_PREFIXES):
        if verb == "comment" and tokens[place].is_word("constraint"):
            break
        if tokens[place].is_word("event"):
            return verb, "event trigger", place + 2
        place += 1
    kind = tokens[place].text.lower() if place < len(tokens) else ""
    place += 1
    while place < len(tokens) - 1 and tokens[place].is_word(*_PREFIXES):
        place += 1
    return verb, kind, place


def _may_fail(verb: str, tokens: tuple[_Token, ...]) -> bool:
    """What hangs on more than the table itself: other tables, roles, triggers."""
    words = {token.text.lower() for token in tokens[3:] if token.kind == "word"}
    if verb == "create":
        return "inherits" in words
    return bool(words & {"foreign", "trigger", "rule", "security"})


def _after(tokens: tuple[_Token, ...], place: int, word: str, *, is_last: bool = False) -> int:
    """Return the place behind the first (or last) bare word; 0 where there is none."""
    found = [number + 1 for number in range(place, len(tokens) - 1) if tokens[number].is_word(word)]
    return (found[-1] if is_last else found[0]) if found else 0


def _name(tokens: tuple[_Token, ...], place: int) -> TableName | None:
    """Return `schema.name`, also of a column's longer name; None where no qualified name stands here."""
    if place + 2 >= len(tokens) or tokens[place + 1].text != ".":
        return None
    return TableName(tokens[place].name, tokens[place + 2].name)


def _called(tokens: tuple[_Token, ...], table: TableName | None) -> str:
    verb, kind, place = _kind(tokens)
    if verb == "comment":
        return f"comment on {kind}" + (f" of {table}" if table else "")
    name = _name(tokens, place) or (tokens[place].name if place < len(tokens) else "")
    of = f" of {table}" if table and name != table else ""
    return f"{kind} {name}{of}" if verb == "create" else f"{verb} {kind} {name}{of}"
