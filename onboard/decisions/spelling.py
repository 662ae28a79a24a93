"""How files and the command line spell a table or a column, and how such a spelling is found in a Catalog.

A part is written bare, or in double quotes with inner quotes doubled where it holds `.`, `,`, `(`, `)`, `"`,
begins or ends with white space, or is empty: `public.orders`, `public."odd.name"("a,b", c)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from onboard.catalog.structure import Catalog, TableName
from onboard.errors import BadInput

_NEEDS_QUOTES = re.compile(r"[.,()\"\x00-\x1f\x7f]|^\s|\s$|^$")
_PART = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^.,()"]*[^.,()"\s]))\s*')


@dataclass(frozen=True, slots=True)
class Spelled:
    """A spelling taken apart: dotted parts, and columns where it had parentheses."""

    parts: tuple[str, ...]  # never empty
    columns: tuple[str, ...] | None = None


def spell_part(name: str) -> str:
    """Return one name as a file spells it."""
    return '"' + name.replace('"', '""') + '"' if _NEEDS_QUOTES.search(name) else name


def spell_table(table: TableName) -> str:
    """Return `schema.table`, parts quoted where they must be."""
    return f"{spell_part(table.schema)}.{spell_part(table.name)}"


def spell_column(table: TableName, column: str) -> str:
    """Return `schema.table.column`."""
    return f"{spell_table(table)}.{spell_part(column)}"


def spell_key(table: TableName, columns: Iterable[str]) -> str:
    """Return `schema.table(a, b)`."""
    return f"{spell_table(table)}({', '.join(spell_part(column) for column in columns)})"


def parse_spelling(text: str) -> Spelled:
    """Take a spelling apart; BadInput where quotes or parentheses do not close."""
    parts, position = _names(text, 0, separator=".")
    if position == len(text):
        return Spelled(parts)
    if text[position] == "(":
        columns, position = _names(text, position + 1, separator=",")
        if text[position:].rstrip() == ")":
            return Spelled(parts, columns)
    raise BadInput(f"`{text}` is not spelled as a table or a key.", remedy="Write `schema.table(column, column)`.")


def _names(text: str, position: int, *, separator: str) -> tuple[tuple[str, ...], int]:
    names: list[str] = []
    while True:
        found = _PART.match(text, position)
        if found is None:
            raise BadInput(
                f"`{text}` is not spelled as a table, a column or a key.", remedy='Quote odd names with `"`.'
            )
        names.append(found[2] if found[1] is None else found[1].replace('""', '"'))
        position = found.end()
        if text[position : position + 1] != separator:
            return tuple(names), position
        position += 1


class Spellings:
    """Finds tables and columns of one Catalog by their spelling; built once, each look-up is a dictionary's."""

    def __init__(self, catalog: Catalog) -> None:
        self._columns = {table.name: frozenset(column.name for column in table.columns) for table in catalog.tables}
        self._plain: dict[str, list[TableName]] = {}
        for name in self._columns:
            for text in {name.name, str(name), spell_part(name.name), spell_table(name)}:
                self._plain.setdefault(text, []).append(name)

    def table(self, text: str) -> TableName:
        """Return the table that is spelled `table` or `schema.table`; BadInput where none or several are."""
        found = self._plain.get(text.strip(), [])
        if not found:
            raise BadInput(f"There is no table `{text}` among the scanned ones.", remedy=self._did_you_mean(text))
        if len(found) > 1:
            candidates = ", ".join(f"`{spell_table(name)}`" for name in sorted(found))
            raise BadInput(f"`{text}` could be several tables.", remedy=f"Say which: {candidates}.")
        return found[0]

    def column(self, table: TableName, text: str) -> str:
        """Return the column of that name; BadInput where there is none."""
        if text in self._columns[table]:
            return text
        remedy = _suggestion(text, sorted(self._columns[table]))
        raise BadInput(f"Table `{spell_table(table)}` has no column `{text}`.", remedy=remedy)

    def key(self, text: str) -> tuple[TableName, tuple[str, ...]]:
        """Return what `schema.table(a, b)` means; BadInput where it means nothing."""
        spelled = parse_spelling(text)
        if spelled.columns is None:
            raise BadInput(f"`{text}` names no columns.", remedy="Write `schema.table(column)`.")
        table = self.table(".".join(spell_part(part) for part in spelled.parts))
        return table, tuple(self.column(table, column) for column in spelled.columns)

    def table_or_column(self, text: str) -> tuple[TableName, str | None]:
        """Return what `table`, `schema.table`, `table.column` or `schema.table.column` means."""
        as_table = self._plain.get(text.strip(), [])
        owners = self._owners(text)
        if len(as_table) + len(owners) > 1:
            candidates = [spell_table(name) for name in sorted(as_table)]
            candidates += [spell_column(name, column) for name, column in sorted(owners)]
            raise BadInput(f"`{text}` could mean several things.", remedy=f"Say which: `{'`, `'.join(candidates)}`.")
        if owners:
            return owners[0]
        if as_table:
            return as_table[0], None
        raise BadInput(f"`{text}` is neither a scanned table nor a column of one.", remedy=self._did_you_mean(text))

    def _owners(self, text: str) -> list[tuple[TableName, str]]:
        parts = parse_spelling(text).parts
        if len(parts) < 2:
            return []
        tables = self._plain.get(".".join(spell_part(part) for part in parts[:-1]), [])
        return [(name, parts[-1]) for name in tables if parts[-1] in self._columns[name]]

    def _did_you_mean(self, text: str) -> str:
        spellings = set(self._plain)
        parts = parse_spelling(text).parts
        for name in self._plain.get(".".join(spell_part(part) for part in parts[:-1]), []):
            spellings.update(spell_column(name, column) for column in self._columns[name])
        return _suggestion(text, sorted(spellings))


def _suggestion(text: str, spellings: list[str]) -> str:
    close = get_close_matches(text, spellings, n=3, cutoff=0.6)
    return f"Did you mean `{'` or `'.join(close)}`?" if close else "Names are spelled as the database spells them."
