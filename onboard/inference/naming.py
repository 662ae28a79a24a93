"""Reads a name of a database as words: splits it, peels off the key suffix, makes plurals singular.

A name without separators (`businessentityid`) is segmented over the words that the database itself uses elsewhere.
Knows nothing of tables or keys.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from onboard.inference.english import is_listed
from onboard.inference.singular import singular
from onboard.inference.weights import weights

_LETTERS = re.compile("[a-z]+")
_SHORTEST_SEGMENT = 2
_SHORTEST_SQUASHED = 5
_SHORTEST_RUN_TOGETHER = 7  # letters of a word that is taken apart although it is all of a table's name
SHARED_BY = 3  # tables that must begin alike before a word is taken for a prefix of the schema


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A name as words: singular, lower-case, without trailing numbers. One reader gives a name the same Words."""

    words: tuple[str, ...]  # all of them; a key suffix that was a prefix (`id_customer`) is moved to the end
    stem: tuple[str, ...]  # without the key suffix; empty for `id`
    suffix: str  # `id`, `no`, `code`, ...; empty where there is none
    joined: str  # all words run together
    stem_joined: str  # the stem's words run together
    is_plural: bool = False  # the last word is one, and no key suffix follows


def split_words(name: str) -> list[str]:
    """Return the lower-case words of a name: split at what is neither letter nor digit, at camel case, at digits."""
    if name.isascii() and (name.islower() or name.isupper()):
        return _LETTERS.findall(name.lower())
    words: list[str] = []
    current = ""
    for position, letter in enumerate(name):
        if not letter.isalpha():
            if current:
                words.append(current)
            current = ""
            continue
        if current and letter.isupper():
            following = name[position + 1] if position + 1 < len(name) else ""
            starts_word = not current[-1].isupper() or (following.islower() and following.isalpha())
            if starts_word and not (following == "s" and name[position + 2 : position + 3] in ("", "_")):
                words.append(current)
                current = ""
        current += letter
    if current:
        words.append(current)
    return [word.lower() for word in words]


class NameReader:
    """Reads names with the vocabulary of one database; each distinct name is read once."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        listed = weights().words
        self._vocabulary = frozenset(vocabulary) | listed["common_words"]
        short = {word for word in self._vocabulary if len(word) < 3}
        self._words_to_segment = (self._vocabulary - short) | {"to", "by", "id", "no"} & self._vocabulary
        self._starts = frozenset(word[:3] for word in self._vocabulary if len(word) > 3)
        self._suffixes = listed["key_suffixes"]
        self._prefixes = listed["key_prefixes"]
        self._peeled = tuple(sorted(listed["peeled_suffixes"], key=lambda word: (-len(word), word)))
        self._not_ids = listed["not_ending_in_id"]
        self._read: dict[str, Words] = {}
        self._read_parts: dict[tuple[str, ...], Words] = {}
        self._segments: dict[str, tuple[str, ...]] = {}

    def read(self, name: str) -> Words:
        """Return the words of a column's name."""
        known = self._read.get(name)
        if known is None:
            known = self._read[name] = self._words(split_words(name))
        return known

    def read_parts(self, words: Iterable[str]) -> Words:
        """Return the words of a name that is already split."""
        parts = tuple(words)
        known = self._read_parts.get(parts)
        if known is None:
            known = self._read_parts[parts] = self._words(list(parts))
        return known

    def segments(self, word: str) -> tuple[str, ...]:
        """Return the fewest words of the vocabulary that make up a squashed word; itself where there are none."""
        known = self._segments.get(word)
        if known is None:
            known = self._segments[word] = self._segment(word)
        return known

    def _words(self, parts: list[str]) -> Words:
        words: list[str] = []
        for part in parts:
            words.extend(self._unsquashed(part))
        if len(words) > 1 and words[0] in self._prefixes and words[-1] not in self._suffixes:
            words = [*words[1:], words[0]]
        suffix = ""
        stem = list(words)
        while len(stem) > bool(suffix) and stem[-1] in self._suffixes:  # of `CD_ID` something has to be left
            suffix = stem.pop() if not suffix else (stem.pop(), suffix)[1]
        if len(stem) > 1 and stem[0] in ("fk", "id"):
            stem = stem[1:]
        singulars = tuple(singular(word) for word in stem)
        tail = (suffix,) if suffix else ()
        joined = "".join(singulars)
        is_plural = not suffix and bool(stem) and singulars[-1] != stem[-1]
        return Words(singulars + tail, singulars, suffix, joined + suffix, joined, is_plural)

    def _unsquashed(self, word: str) -> list[str]:
        if word in self._suffixes or len(word) < _SHORTEST_SQUASHED or word in self._vocabulary:
            return [word]
        for suffix in self._peeled:
            if word.endswith(suffix) and self._may_peel(word, suffix):
                return [*self.segments(word[: -len(suffix)]), suffix]
        return list(self.segments(word))

    def _may_peel(self, word: str, suffix: str) -> bool:
        head = word[: -len(suffix)]
        if suffix == "id":
            return len(head) >= 2 and word not in self._not_ids
        if len(head) < 3:
            return False
        return head in self._vocabulary or (head[:3] in self._starts and self._is_made_of_words(head))

    def _is_made_of_words(self, head: str) -> bool:
        return len(self.segments(head)) > 1 or any(word.startswith(head) for word in self._vocabulary)

    def _segment(self, word: str) -> tuple[str, ...]:
        if len(word) < _SHORTEST_SQUASHED or word in self._vocabulary:
            return (word,)
        return _fewest(word, self._words_to_segment, _SHORTEST_SEGMENT)


def vocabulary(table_names: Iterable[str], column_names: Iterable[str]) -> frozenset[str]:
    """Return the words a database uses: those of its tables, and those that two columns or more share.

    A word with the ending of a key (`custkey`) is left out, because it is what gets taken apart; so is a table's
    (`orderposition`) that two other words make up, unless it is one of the language or begins several tables.

    `column_names` comes with repetitions, one name per column.
    """
    found: set[str] = set()
    tables = [split_words(name) for name in set(table_names)]
    for words in tables:
        for word in words:
            found.update((word, singular(word)))
    counts: dict[str, int] = {}
    for name in column_names:
        counts[name] = counts.get(name, 0) + 1
    spelled: dict[str, int] = {}
    for name, count in counts.items():
        parts = split_words(name)
        if len(parts) == 1:
            continue  # a squashed name is what gets segmented, so it is no evidence of a word
        for word in set(parts):
            spelled[word] = spelled.get(word, 0) + count
    endings = tuple(weights().words["peeled_suffixes"])
    found.update(word for word, count in spelled.items() if count > 1 and not word.endswith(endings))
    found.difference_update(_squashed(tables, found))
    return frozenset(word for word in found if len(word) > 2)


def _squashed(tables: Sequence[Sequence[str]], found: AbstractSet[str]) -> set[str]:
    """Return the words of tables' names that are several words run together, with their singulars."""
    firsts = Counter(words[0] for words in tables if len(words) > 1)
    doubtful = {word for words in tables for word in words if len(word) >= _SHORTEST_RUN_TOGETHER}
    whole = weights().words["common_words"]
    known = {word for word in found if len(word) > 2} | whole
    squashed: set[str] = set()
    for word in sorted(doubtful, key=lambda one: (len(one), one)):  # the shorter first, as the longer are made of them
        one = singular(word)
        if firsts[word] >= SHARED_BY or word in whole or one in whole:
            continue
        known -= {word, one}
        if len(_fewest(word, known)) > 1 and not is_listed(word) and not is_listed(one):
            squashed.update((word, one))
        else:
            known |= {word, one}
    return squashed


def _fewest(word: str, known: AbstractSet[str], shortest: int = 3) -> tuple[str, ...]:
    """Return the fewest known words that make up a word; itself where there are none."""
    best: list[tuple[int, int] | None] = [None] * (len(word) + 1)  # (words so far, where the last one starts)
    best[0] = (0, 0)
    for end in range(shortest, len(word) + 1):
        for start in range(end - shortest + 1):
            before = best[start]
            if before is None or word[start:end] not in known:
                continue
            here = best[end]
            if here is None or before[0] + 1 < here[0]:
                best[end] = (before[0] + 1, start)
    if best[-1] is None:
        return (word,)
    parts: list[str] = []
    end = len(word)
    while end:
        step = best[end]
        assert step is not None
        parts.append(word[step[1] : end])
        end = step[1]
    return tuple(reversed(parts))
