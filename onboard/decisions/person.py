"""onboard.toml -> Person: everything the person says, each statement with the line it stands on.

`read_person` needs no Catalog; `resolved` then finds every table and column that is mentioned. Only `resolved` answers
may be handed to inference. The file is read here and written by `updated_toml`; its format is in docs/names.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from onboard.catalog.structure import Catalog, TableName
from onboard.inference.answers import Answers
from onboard.inference.threshold import DEFAULT_THRESHOLD


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
class Person:
    """All that onboard.toml says; the defaults are those of an absent file."""

    schemas: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    views: bool = False
    partitions: bool = False
    threshold: float = DEFAULT_THRESHOLD
    answers: Answers = field(default_factory=Answers)
    names: tuple[GivenName, ...] = ()
    glossary: Glossary = Glossary()
    rules: tuple[RenameRule, ...] = ()


def resolved(person: Person, catalog: Catalog) -> Person:
    """Return the person's word with every table and column found in the catalogue."""
    return person
