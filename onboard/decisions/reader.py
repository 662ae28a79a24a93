"""Reads the names of one database as words: fragments, the glossary, squashed words taken apart.

Each distinct name is read once. Knows nothing of Python's or Django's rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onboard.catalog.structure import Catalog
from onboard.decisions.fragments import Words, fragments
from onboard.decisions.squashed import Splitter
from onboard.decisions.statements import Glossary, Person, RenameRule


class NameReader:
    """Words of table and column names, in the person's and the database's own vocabulary."""

    def __init__(self, glossary: Glossary, rules: Iterable[RenameRule], splitter: Splitter) -> None:
        self.is_word = splitter.is_word
        self.is_english = splitter.is_english
        self._words = {word.lower(): fragments(meaning) for word, meaning in glossary.words}
        self._split = splitter.split
        self._rules = {
            of: [(re.compile(rule.pattern), rule.replacement) for rule in rules if rule.of in ("", of)]
            for of in ("table", "column")
        }
        self._spelled: dict[str, Words] = {}

    def renamed(self, name: str, *, of: str) -> str:
        """Return the name after the person's rules for tables or columns; the name itself where a rule empties it."""
        for pattern, replacement in self._rules[of]:
            name = pattern.sub(replacement, name) or name
        return name

    def spelled(self, pieces: Words) -> Words:
        """Return the words of fragments, the glossary applied and squashed ones taken apart."""
        words: list[str] = []
        for piece in pieces:
            words.extend(self._word(piece))
        return tuple(words)

    def _word(self, piece: str) -> Words:
        known = self._spelled.get(piece)
        if known is None:
            meaning = self._words.get(piece)
            if meaning is None:
                parts = self._split(piece)
                meaning = tuple(word for part in parts for word in self._words.get(part, (part,)))
            known = self._spelled[piece] = meaning or (piece,)
        return known


def name_reader(catalog: Catalog, person: Person) -> NameReader:
    """Return a reader with the vocabulary of this catalogue and this person."""
    names = [table.name.name for table in catalog.tables]
    names += [column.name for table in catalog.tables for column in table.columns]
    splitter = Splitter(names, extra=(word.lower() for word, _ in person.glossary.words))
    return NameReader(person.glossary, person.rules, splitter)
