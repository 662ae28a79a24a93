"""The SQL of a table in `sqlite_master` -> what no pragma tells: constraint names, checks, generated expressions.

Source of truth: the grammar of https://sqlite.org/lang_createtable.html. Constraints of a table may follow one
another without commas, so each item is read word by word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from onboard.catalog.engines.sqlite.tokens import Token, TokenKind, closing, inside, split, tokens


@dataclass(frozen=True, slots=True)
class NamedKey:
    """A primary key or unique constraint in the DDL."""

    name: str  # "" where it has none
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key in the DDL."""

    name: str
    columns: tuple[str, ...]
    is_deferrable: bool
    is_initially_deferred: bool


@dataclass(slots=True)
class TableSql:
    """What the SQL of a table says, in the order it says it."""

    primary_key: NamedKey | None = None
    uniques: list[NamedKey] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    checks: list[tuple[str, str]] = field(default_factory=list)  # (name, expression)
    generated: dict[str, str] = field(default_factory=dict)  # column -> expression
    collations: dict[str, str] = field(default_factory=dict)  # column -> collation
    is_autoincrement: bool = False
    is_without_rowid: bool = False
    is_strict: bool = False


def read_table_sql(sql: str) -> TableSql:
    """Return what the statement says; nothing where it is no `CREATE TABLE name (...)`."""
    found = tokens(sql)
    said = TableSql()
    opening = next((place for place, token in enumerate(found) if token.text == "("), None)
    if opening is None:
        return said
    end = closing(found, opening)
    for item in split(found[opening + 1 : end]):
        if item:
            _Item(sql, item, said).read()
    options = {token.text.upper() for token in found[end + 1 :]}
    said.is_without_rowid = "ROWID" in options
    said.is_strict = "STRICT" in options
    return said


_TABLE_CONSTRAINTS = ("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN")


class _Item:
    """One column definition or run of table constraints, read from left to right."""

    def __init__(self, sql: str, item: tuple[Token, ...], said: TableSql) -> None:
        self.sql = sql
        self.item = item
        self.said = said
        self.place = 0
        self.name = ""  # of the constraint that comes next
        self.column = ""  # "" for a table constraint
        if not item[0].is_word(*_TABLE_CONSTRAINTS):
            self.column = item[0].name
            self.place = 1

    def read(self) -> None:
        """Take one clause after the other."""
        clauses: dict[str, Callable[[], None]] = {
            "CONSTRAINT": self._constraint,
            "PRIMARY": self._primary,
            "UNIQUE": self._unique,
            "CHECK": self._check,
            "FOREIGN": self._foreign,
            "REFERENCES": lambda: self._references((self.column,)),
            "DEFAULT": self._default,
            "COLLATE": self._collate,
            "AUTOINCREMENT": self._autoincrement,
            "AS": self._generated,
        }
        while self.place < len(self.item):
            token = self.item[self.place]
            self.place += 1
            clause = clauses.get(token.text.upper()) if token.kind is TokenKind.WORD else None
            if clause is not None:
                clause()
            elif token.text == "(":
                self.place = closing(self.item, self.place - 1) + 1

    def _constraint(self) -> None:
        if self.place < len(self.item):
            self.name = self.item[self.place].name
            self.place += 1

    def _primary(self) -> None:
        self.place += 1  # KEY
        self.said.primary_key = NamedKey(self._take_name(), self._columns() or (self.column,))

    def _unique(self) -> None:
        self.said.uniques.append(NamedKey(self._take_name(), self._columns() or (self.column,)))

    def _check(self) -> None:
        self.said.checks.append((self._take_name(), self._parenthesised()))

    def _foreign(self) -> None:
        self.place += 1  # KEY
        columns = self._columns()
        if self._next_is("REFERENCES"):
            self.place += 1
            self._references(columns)

    def _references(self, columns: tuple[str, ...]) -> None:
        self.place += 1  # the table
        self._columns()
        name, is_deferrable, is_deferred = self._take_name(), False, False
        while self._next_is("ON", "MATCH", "NOT", "DEFERRABLE", "INITIALLY"):
            token = self.item[self.place]
            if token.is_word("NOT") and not self._following_is("DEFERRABLE"):
                break  # the NOT of a NOT NULL behind the reference
            if token.is_word("ON"):
                self.place += 3 if self._following_is("DELETE", "UPDATE", offset=1) else 2
                self.place += 1 if self.item[self.place - 1].is_word("SET", "NO") else 0
            elif token.is_word("DEFERRABLE"):
                is_deferrable = not self.item[self.place - 1].is_word("NOT")
                self.place += 1
            elif token.is_word("INITIALLY"):
                is_deferred = self._following_is("DEFERRED")
                self.place += 2
            else:
                self.place += 1 if token.is_word("NOT") else 2
        self.said.references.append(Reference(name, columns, is_deferrable, is_deferrable and is_deferred))

    def _default(self) -> None:
        if self._next_is_sign("("):
            self.place = closing(self.item, self.place) + 1
            return
        if self._next_is_sign("+", "-"):
            self.place += 1
        self.place += 1

    def _collate(self) -> None:
        if self.place < len(self.item):
            self.said.collations[self.column] = self.item[self.place].name
            self.place += 1

    def _autoincrement(self) -> None:
        self.said.is_autoincrement = True

    def _generated(self) -> None:
        if self._next_is_sign("("):
            self.said.generated[self.column] = self._parenthesised()

    def _parenthesised(self) -> str:
        if not self._next_is_sign("("):
            return ""
        text = inside(self.sql, self.item, self.place)
        self.place = closing(self.item, self.place) + 1
        return text

    def _columns(self) -> tuple[str, ...]:
        """Take a list of columns, orders and collations passed over; nothing where none comes."""
        if not self._next_is_sign("("):
            return ()
        end = closing(self.item, self.place)
        parts = split(self.item[self.place + 1 : end])
        self.place = end + 1
        return tuple(part[0].name for part in parts if part)

    def _take_name(self) -> str:
        name, self.name = self.name, ""
        return name

    def _next_is(self, *words: str) -> bool:
        return self.place < len(self.item) and self.item[self.place].is_word(*words)

    def _following_is(self, *words: str, offset: int = 1) -> bool:
        place = self.place + offset
        return place < len(self.item) and self.item[place].is_word(*words)

    def _next_is_sign(self, *signs: str) -> bool:
        return self.place < len(self.item) and self.item[self.place].text in signs
