"""Finds keys by names that abbreviate those of their tables, or are abbreviated by them: `cust_no`, `dept`, `bu_id`.

As many words as the table has are held against its, or its last word alone, or initials; words that begin with other
letters are never looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from onboard.inference.abbreviation import SHORTEST_START, abbreviates
from onboard.inference.candidates import Relation
from onboard.inference.crowd import few
from onboard.inference.entities import Entity
from onboard.inference.own_table import Found
from onboard.inference.schema import KeyView
from onboard.inference.weights import weights

_MOST = 25  # keys of tables of the same words; more say nothing
_MOST_INITIALS = 3  # of the words before one that is shortened, `cdemo` for `customer_demographics`
_MOST_HEADS = 6  # and of tables that end in the same word

_Named = dict[tuple[str, ...], list[tuple[KeyView, Entity]]]


class ShortNames:
    """Keys by the words that may be abbreviated; every key is added before any is looked for."""

    def __init__(self) -> None:
        self._by_words: _Named = defaultdict(list)
        self._by_head: _Named = defaultdict(list)
        self._heads_by_start: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._by_shape: dict[tuple[str, int], list[tuple[str, ...]]] = defaultdict(list)
        self._by_initials: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._by_half: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._written_out: dict[tuple[str, ...], list[tuple[str, ...]]] = {}

    def add(self, key: KeyView, entity: Entity) -> None:
        """Take in what a key's table is taken for."""
        words = entity.words
        if words and words not in self._by_words:
            self._by_shape[words[0][0], len(words)].append(words)
            initials = "".join(word[0] for word in words)
            self._by_initials[initials].append(words)
            if len(words) > 1:
                self._by_half[initials[:-1] + words[-1][:SHORTEST_START]].append(words)
        self._by_words[words].append((key, entity))

    def add_head(self, key: KeyView, head: Entity) -> None:
        """Take in the last word of a key's table."""
        if head.words not in self._by_head:
            self._heads_by_start[head.words[0][:2]].append(head.words)
        self._by_head[head.words].append((key, head))

    def found(self, stem: tuple[str, ...]) -> Iterable[Found]:
        """Yield the keys of tables that the last words of a stem, or all, are short for, or long for."""
        for start in range(len(stem)):
            for words in self._long_for(stem[start:]):
                for key, entity in few(self._by_words.get(words, ()), _MOST):
                    yield key, Relation.ABBREVIATION, start, entity
                if stem[start] not in weights().words["common_words"]:  # `end` is short for no `user_endorsement`
                    for key, entity in few(self._by_head.get(words, ()), _MOST_HEADS):
                        yield key, Relation.ABBREVIATION, start, entity

    def _long_for(self, short: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Return the words of entities that some words abbreviate: as many, of the same first letter, or initials."""
        known = self._written_out.get(short)
        if known is None:
            heads = self._heads_by_start.get(short[0][:2], ()) if len(short) == 1 else ()
            alike = dict.fromkeys((*self._by_shape.get((short[0][0], len(short)), ()), *heads))
            known = [words for words in alike if abbreviates(short, words)]
            if len(short) == 1:
                halves = [short[0][: size + SHORTEST_START] for size in range(1, _MOST_INITIALS + 1)]
                half = [words for start in dict.fromkeys(halves) for words in self._by_half.get(start, ())]
                known += [words for words in (*self._by_initials.get(short[0], ()), *half) if abbreviates(short, words)]
            self._written_out[short] = known
        return known
