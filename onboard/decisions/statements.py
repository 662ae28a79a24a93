"""What a person can state in onboard.toml, as values; the defaults are those of an absent file."""

from __future__ import annotations

from dataclasses import dataclass, field

from onboard.catalog.structure import TableName
from onboard.inference.answers import Answers
from onboard.inference.threshold import DEFAULT_THRESHOLD

FILE = "onboard.toml"


def where(line: int) -> str:
    """Return the place of a line, as errors say it."""
    return f"{FILE}:{line}"


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A `[[primary_key]]` or `[[foreign_key]]` as it is written, before its names are looked up."""

    kind: str  # "primary_key" or "foreign_key"
    table: str  # a spelling: `public.orders`
    columns: tuple[str, ...]
    references: str  # a spelling with columns, `public.customers(id)`; "" for a primary key
    use: bool
    line: int  # of its header
    last_line: int
    use_line: int  # of `use`; the header's where it has none
    comment: str  # on the line of `use`, with its `#`
    is_plain: bool  # holds nothing that scan does not write: other keys, comments between its lines

    @property
    def identity(self) -> tuple[str, str, tuple[str, ...], str]:
        """What it speaks of, in its own spelling."""
        return self.kind, self.table, self.columns, self.references


@dataclass(frozen=True, slots=True)
class GivenName:
    """A line of `[names]`: a class name for a table, or a field name for a column."""

    key: str  # as written
    name: str
    line: int
    table: TableName | None = None  # once resolved
    column: str | None = None


@dataclass(frozen=True, slots=True)
class RenameRule:
    """A `[[rename]]`: a regular expression applied to database names before they are read as words."""

    pattern: str
    replacement: str
    of: str = ""  # "table", "column", or "" for both
    line: int = 0


@dataclass(frozen=True, slots=True)
class Glossary:
    """The person's words: what a word stands for, prefixes to strip, and plurals English does not know."""

    words: tuple[tuple[str, str], ...] = ()
    prefixes: tuple[str, ...] = ()
    plurals: tuple[tuple[str, str], ...] = ()  # (singular, plural)


@dataclass(frozen=True, slots=True)
class GivenChoices:
    """A `[[choices]]` with `use = true`: the values of a column that become a choices class, or a flag."""

    key: str  # a spelling: `public.orders.status`
    values: tuple[tuple[str, str], ...]  # (value, label), in the order of the file
    line: int
    flag: tuple[str, str] | None = None  # of two values labelled true and false: (true, false)
    table: TableName | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """All that onboard.toml says."""

    schemas: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    views: bool = False
    partitions: bool = False
    threshold: float = DEFAULT_THRESHOLD
    answers: Answers = field(default_factory=Answers)  # qualified entries; after `resolved`, all that can be found
    names: tuple[GivenName, ...] = ()
    glossary: Glossary = Glossary()
    rules: tuple[RenameRule, ...] = ()
    entries: tuple[KeyEntry, ...] = ()  # every key of the file, those that scan wrote included
    choices: tuple[GivenChoices, ...] = ()
