"""Finds keys by names that say a table's loosely: initials beside words, a word in the middle.

Each is looked up; what the words of many tables answer to says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from onboard.inference.candidates import Relation
from onboard.inference.crowd import few
from onboard.inference.entities import Entity, entity_of
from onboard.inference.own_table import Found
from onboard.inference.schema import KeyView

_FEW = 3  # keys that a loose name may lead to
_INITIALS = 3  # letters of initials that a role may follow: `hda_parent` for `history_dataset_associations`

_Index = dict[tuple[str, ...], list[tuple[KeyView, Entity]]]


class LooseNames:
    """Keys by what their tables may be called loosely."""

    def __init__(self) -> None:
        self._by_initials: _Index = defaultdict(list)
        self._by_middle: _Index = defaultdict(list)

    def add(self, key: KeyView) -> None:
        """Take in a key that others may refer to by the name of its table."""
        for entity in key.table.entities:
            words = entity.words
            for size in range(2, len(words) + 1):
                short = ("".join(word[0] for word in words[:size]), *words[size:])
                self._by_initials[short].append((key, entity))
        words = key.table.words
        for start in range(1, len(words) - 1):
            middle = entity_of(words[start : start + 1], 0, len(words) - 1)
            self._by_middle[middle.words].append((key, middle))

    def by_initials(self, stem: tuple[str, ...]) -> Iterable[Found]:
        """Yield the keys of which a stem says some initials, and other words of the table or a role beside them."""
        for start in range(len(stem) - 1):
            for key, entity in few(self._by_initials.get(stem[start:], ()), _FEW):
                yield key, Relation.INITIALS, start, entity
        if len(stem) > 1 and len(stem[0]) >= _INITIALS:
            for key, entity in few(self._by_initials.get(stem[:1], ()), _FEW):
                yield key, Relation.INITIALS, len(stem) - 1, entity

    def by_middle(self, stem: tuple[str, ...]) -> Iterable[Found]:
        """Yield the keys of tables in the middle of whose names the last word of a stem stands."""
        for key, entity in few(self._by_middle.get(stem[-1:], ()), _FEW):
            yield key, Relation.TABLE_MIDDLE, len(stem) - 1, entity
