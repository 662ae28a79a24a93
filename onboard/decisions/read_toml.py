"""The text of onboard.toml -> Person, with a BadInput that names the line where it cannot be understood."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import NoReturn, TypeVar

from onboard.catalog.structure import TableName
from onboard.decisions.scan_mark import is_as_scanned
from onboard.decisions.spelling import parse_spelling, spell_part
from onboard.decisions.statements import (
    FILE,
    GivenChoices,
    GivenName,
    Glossary,
    KeyEntry,
    Person,
    RenameRule,
    where,
)
from onboard.decisions.toml_lines import Statement, statements
from onboard.errors import BadInput
from onboard.inference.answers import Answers, ForeignKeyAnswer, PrimaryKeyAnswer
from onboard.inference.threshold import DEFAULT_THRESHOLD

Value = TypeVar("Value")
_SECTIONS = ("scan", "primary_key", "foreign_key", "names", "glossary", "rename", "choices")
_SCAN = ("schemas", "tables", "exclude", "views", "partitions", "threshold")


def read_person(text: str | None) -> Person:
    """Return what a file says, nothing where there is no file; BadInput with `onboard.toml:LINE` where it is wrong."""
    if text is None:
        return Person()
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise BadInput(f"It is not TOML: {error}.", where=where(int(line[1])) if line else FILE) from error
    return _File(document, statements(text), text.split("\n")).person()


class _File:
    """One parsed file with the lines of its statements."""

    def __init__(self, document: Mapping[str, object], found: tuple[Statement, ...], lines: list[str]) -> None:
        self._document = document
        self._statements = found
        self._text = lines

    def person(self) -> Person:
        for section in self._document:
            close = get_close_matches(section, _SECTIONS, n=1, cutoff=0.8)
            if section not in _SECTIONS and close:
                self._refuse(f"`{section}` is no section of this file.", section, "", f"Did you mean `{close[0]}`?")
        scan = self._table("scan")
        for key in scan:
            if key not in _SCAN:
                close = get_close_matches(key, _SCAN, n=1, cutoff=0.5)
                self._refuse(f"`{key}` is nothing that `[scan]` knows.", "scan", key, _meant(close, _SCAN))
        entries = (*self._entries("primary_key"), *self._entries("foreign_key"))
        return Person(
            self._texts(scan, "scan", "schemas"),
            self._texts(scan, "scan", "tables"),
            self._texts(scan, "scan", "exclude"),
            self._flag(scan, "scan", "views"),
            self._flag(scan, "scan", "partitions"),
            self._threshold(scan),
            _qualified_answers(entries),
            self._names(),
            self._glossary(),
            tuple(self._rules()),
            entries,
            tuple(self._choices()),
        )

    def _threshold(self, scan: Mapping[str, object]) -> float:
        value = scan.get("threshold", DEFAULT_THRESHOLD)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            self._refuse("`threshold` must be a number from 0 to 1.", "scan", "threshold", "The default is 0.8.")
        assert isinstance(value, int | float)
        return float(value)

    def _names(self) -> tuple[GivenName, ...]:
        found = []
        for key, name in self._table("names").items():
            if not isinstance(name, str):
                self._refuse(f"The name for `{key}` must be text.", "names", key, 'Write `"table" = "ClassName"`.')
            found.append(GivenName(key, str(name), self._line("names", key)))
        return tuple(found)

    def _glossary(self) -> Glossary:
        table = self._table("glossary")
        words = []
        for word, meaning in table.items():
            if (word == "prefixes" and isinstance(meaning, list)) or (word == "plurals" and isinstance(meaning, dict)):
                continue
            if not isinstance(meaning, str) or not meaning.strip():
                self._refuse(f"The meaning of `{word}` must be text.", "glossary", word, 'Write `cust = "customer"`.')
            words.append((word, str(meaning)))
        prefixes = table.get("prefixes", ())
        given = table.get("plurals", {})
        plurals = given if isinstance(given, dict) else {}
        for word, plural in plurals.items():
            if not isinstance(plural, str):
                self._refuse(f"The plural of `{word}` must be text.", "glossary.plurals", word, "")
        return Glossary(
            tuple(words),
            self._texts(table, "glossary", "prefixes") if isinstance(prefixes, list) else (),
            tuple((str(word).lower(), str(plural).lower()) for word, plural in plurals.items()),
        )

    def _rules(self) -> Iterable[RenameRule]:
        for rule, line, _ in self._array("rename"):
            pattern, replacement, of = rule.get("match"), rule.get("to", ""), rule.get("of", "")
            if not isinstance(pattern, str) or not isinstance(replacement, str) or of not in ("", "table", "column"):
                raise BadInput(
                    "A `[[rename]]` has `match`, a regular expression, `to`, and may have `of`.",
                    where=where(line),
                    remedy='For example: match = "^fld_(.*)$", to = "\\\\1", of = "column".',
                )
            try:
                re.compile(pattern).sub(replacement, "")
            except (re.error, IndexError) as error:
                raise BadInput(f"`{pattern}` cannot be used as a rule: {error}.", where=where(line)) from error
            yield RenameRule(pattern, replacement, str(of), line)

    def _choices(self) -> Iterable[GivenChoices]:
        for given, line, _ in self._array("choices"):
            column, values = given.get("column"), given.get("values")
            if not isinstance(column, str) or not isinstance(values, dict) or not values:
                raise BadInput(
                    "A `[[choices]]` has `column` and `values`.",
                    where=where(line),
                    remedy='For example: column = "public.orders.status", values = { N = "new", S = "shipped" }.',
                )
            flag = self._flag_of(values, line)
            if given.get("use", True) is True:
                said = tuple((str(value), str(label)) for value, label in values.items())
                yield GivenChoices(column, said, line, flag)

    def _flag_of(self, values: Mapping[str, object], line: int) -> tuple[str, str] | None:
        """The values that mean true and false, where it says so."""
        if not any(isinstance(label, bool) for label in values.values()):
            return None
        if len(values) != 2 or {True, False} != {label for label in values.values() if isinstance(label, bool)}:
            raise BadInput(
                "A flag has two values: one is true, the other false.",
                where=where(line),
                remedy="For example: values = { Y = true, N = false }.",
            )
        true, false = sorted(values, key=lambda value: values[value] is not True)
        return true, false

    def _entries(self, kind: str) -> tuple[KeyEntry, ...]:
        read = self._primary_key if kind == "primary_key" else self._foreign_key
        return tuple(read(entry, line, own) for entry, line, own in self._array(kind))

    def _primary_key(self, entry: Mapping[str, object], line: int, own: tuple[Statement, ...]) -> KeyEntry:
        table, columns = entry.get("table"), entry.get("columns")
        names = [column for column in columns if isinstance(column, str)] if isinstance(columns, list) else []
        if not isinstance(table, str) or not names or names != columns:
            raise BadInput("A `[[primary_key]]` has `table` and `columns`.", where=where(line), remedy=_EXAMPLE_PK)
        return self._entry("primary_key", entry, (table, tuple(names), ""), line, own, {"table", "columns", "use"})

    def _foreign_key(self, entry: Mapping[str, object], line: int, own: tuple[Statement, ...]) -> KeyEntry:
        child, parent = entry.get("from"), entry.get("to")
        if not isinstance(child, str) or not isinstance(parent, str):
            raise BadInput("A `[[foreign_key]]` has `from` and `to`.", where=where(line), remedy=_EXAMPLE_FK)
        table, columns = _taken_apart(child, line)
        _, referenced = _taken_apart(parent, line)
        if len(columns) != len(referenced):
            raise BadInput("Both sides of a foreign key have as many columns.", where=where(line), remedy=_EXAMPLE_FK)
        return self._entry("foreign_key", entry, (table, columns, parent), line, own, {"from", "to", "use"})

    def _entry(
        self,
        kind: str,
        entry: Mapping[str, object],
        said: tuple[str, tuple[str, ...], str],
        line: int,
        own: tuple[Statement, ...],
        plain: set[str],
    ) -> KeyEntry:
        use = entry.get("use", True)
        if not isinstance(use, bool):
            raise BadInput("`use` is true or false.", where=where(line))
        of_use = next((statement for statement in own if statement.key == "use"), None)
        last_line = own[-1].last_line if own else line
        bare = all(not statement.comment for statement in own if statement.key != "use")
        covered = bare and last_line == line + len(own)
        return KeyEntry(
            kind,
            *said,
            use,
            line,
            last_line,
            of_use.line if of_use else line,
            of_use.comment if of_use else "",
            covered and set(entry) == plain,
        )

    def _array(self, name: str) -> Iterable[tuple[Mapping[str, object], int, tuple[Statement, ...]]]:
        """Return each element of an array of tables with the line of its header and its statements."""
        elements = self._document.get(name, [])
        if not isinstance(elements, list) or not all(isinstance(element, dict) for element in elements):
            self._refuse(f"`{name}` is written with double brackets.", name, "", f"Write `[[{name}]]`.")
        assert isinstance(elements, list)
        places = self._headers(name)
        for place, element in enumerate(elements):
            line, own = places[place] if place < len(places) else (self._line("", name), ())
            yield element, line, own

    def _headers(self, name: str) -> list[tuple[int, tuple[Statement, ...]]]:
        found: list[tuple[int, list[Statement]]] = []
        inside = False
        for statement in self._statements:
            if not statement.key:
                inside = statement.is_array and statement.header == name
                if inside:
                    found.append((statement.line, []))
            elif inside:
                found[-1][1].append(statement)
        return [(line, tuple(own)) for line, own in found]

    def _table(self, name: str) -> Mapping[str, object]:
        table = self._document.get(name, {})
        if not isinstance(table, dict):
            self._refuse(f"`{name}` is a table.", name, "", f"Write `[{name}]`.")
        assert isinstance(table, dict)
        return table

    def _texts(self, table: Mapping[str, object], section: str, key: str) -> tuple[str, ...]:
        values = table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self._refuse(f"`{key}` is a list of texts.", section, key, f'Write `{key} = ["one", "two"]`.')
        assert isinstance(values, list)
        return tuple(str(value) for value in values)

    def _flag(self, table: Mapping[str, object], section: str, key: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            self._refuse(f"`{key}` is true or false.", section, key, "")
        return bool(value)

    def _refuse(self, problem: str, section: str, key: str, remedy: str) -> NoReturn:
        raise BadInput(problem, where=where(self._line(section, key)), remedy=remedy)

    def _line(self, section: str, key: str) -> int:
        """Return the line of a key, else of its section, else 1."""
        dotted = f"{section}.{key}".strip(".")
        for statement in self._statements:
            if statement.key == key and statement.header == section:
                return statement.line
            if not statement.header and _unquoted(statement.key) == dotted:
                return statement.line
        return next((one.line for one in self._statements if one.header == section or one.key == section), 1)


_EXAMPLE_PK = 'For example: table = "public.orders", columns = ["id"].'
_EXAMPLE_FK = 'For example: from = "public.orders(customer_id)", to = "public.customers(id)".'


def _unquoted(key: str) -> str:
    return key.replace('"', "").replace("'", "")


def _meant(close: list[str], known: tuple[str, ...]) -> str:
    return f"Did you mean `{close[0]}`?" if close else f"It knows `{'`, `'.join(known)}`."


def _taken_apart(text: str, line: int) -> tuple[str, tuple[str, ...]]:
    """Return the spelling of the table and the columns of `schema.table(a, b)`."""
    return at_line(line, lambda: _with_columns(text))


def _with_columns(text: str) -> tuple[str, tuple[str, ...]]:
    spelled = parse_spelling(text)
    if spelled.columns is None:
        raise BadInput(f"`{text}` names no columns.", remedy=_EXAMPLE_FK)
    return ".".join(spell_part(part) for part in spelled.parts), spelled.columns


def at_line(line: int, read: Callable[[], Value]) -> Value:
    """Return what `read` returns; its BadInput is raised with the line it is about."""
    try:
        return read()
    except BadInput as error:
        raise BadInput(error.problem, where=where(line), remedy=error.remedy) from error


def _qualified_answers(entries: tuple[KeyEntry, ...]) -> Answers:
    """Return the person's answers whose tables are spelled with their schemas."""
    own = [entry for entry in entries if not is_as_scanned(entry)]
    primary_keys = [
        PrimaryKeyAnswer(table, entry.columns, entry.use)
        for entry in own
        if entry.kind == "primary_key" and (table := _qualified(entry.table))
    ]
    foreign_keys = []
    for entry in own:
        if entry.kind == "foreign_key":
            parent, columns = _taken_apart(entry.references, entry.line)
            child, references = _qualified(entry.table), _qualified(parent)
            if child and references:
                foreign_keys.append(ForeignKeyAnswer(child, entry.columns, references, columns, entry.use))
    return Answers(tuple(primary_keys), tuple(foreign_keys))


def _qualified(spelling: str) -> TableName | None:
    try:
        parts = parse_spelling(spelling).parts
    except BadInput:
        return None
    return TableName(*parts) if len(parts) == 2 else None
