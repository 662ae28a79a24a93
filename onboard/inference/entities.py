"""What the name of a table may mean: whole, without a prefix that others have too, without a plain last word.

Knows nothing of columns but the letters that their names begin with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from onboard.inference.naming import SHARED_BY, Words
from onboard.inference.weights import weights

_EVERYWHERE = 0.5  # share of the tables from which a prefix distinguishes nothing
_COLUMN_PREFIX_SHARE = 0.8
SHORTEST_CALL = 2  # letters of a prefix of columns by which a table may be called
_LONGEST_LETTERS = 5
_FEWEST_SQUASHED = 4


@dataclass(slots=True, eq=False)
class Entity:
    """One thing that the name of a table may mean. Never changed; not frozen, as that costs too much for so many."""

    words: tuple[str, ...]
    prefix_left: float = 0.0  # the price of a prefix left aside: 1 where few tables share it, 0 where half of them do
    tail_left: int = 0  # plain last words left aside, such as `master`
    joined: str = ""  # its words run together
    spelled: str = ""  # its words between spaces


def entity_of(words: tuple[str, ...], prefix_left: float = 0.0, tail_left: int = 0) -> Entity:
    """Return the entity of these words."""
    return Entity(words, prefix_left, tail_left, "".join(words), spelled(words))


def shared_start(ours: tuple[str, ...], theirs: tuple[str, ...]) -> int:
    """Return how many first words two names share."""
    pairs = zip(ours, theirs, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def spelled(words: tuple[str, ...]) -> str:
    """Return words between spaces, so that some words stand in others where the one text stands in the other."""
    return f" {' '.join(words)} "


class Prefixes:
    """Knows which first words the tables of a schema share without meaning an entity by them."""

    def __init__(self, names: Sequence[tuple[str, ...]]) -> None:
        self._firsts = Counter(words[0] for words in names if len(words) > 1)
        self._pairs = Counter(words[:2] for words in names if len(words) > 2)
        self._tables = len(names)
        self._whole = frozenset(words for words in names if len(words) == 1)
        self._plain = weights().words["table_prefixes"]
        self._tails = weights().words["plain_tails"]

    @property
    def common(self) -> int:
        """How many words most tables start with."""
        return int(any(count >= _EVERYWHERE * self._tables for count in self._firsts.values()))

    def entities(self, words: tuple[str, ...]) -> tuple[Entity, ...]:
        """Return what a table's name may mean: whole, without a prefix, without a plain tail."""
        found = [entity_of(words), *self._without_prefix(words)]
        for entity in tuple(found):
            if len(entity.words) > 1 and entity.words[-1] in self._tails:
                found.append(entity_of(entity.words[:-1], entity.prefix_left, 1))
        distinct: dict[tuple[str, ...], Entity] = {}
        for entity in found:
            distinct.setdefault(entity.words, entity)
        return tuple(distinct.values())

    def is_module(self, words: tuple[str, ...]) -> bool:
        """Whether several tables start with the first word, or the first two, and these say that no row lives."""
        archives = weights().words["archive_words"]
        if len(words) > 1 and words[0] in archives and words[:1] not in self._whole:
            return self._firsts[words[0]] >= SHARED_BY
        is_second = len(words) > 2 and words[1] in archives and words[1:2] not in self._whole
        return is_second and self._pairs[words[:2]] >= SHARED_BY

    def _without_prefix(self, words: tuple[str, ...]) -> Iterable[Entity]:
        if len(words) < 2:  # a name of signs alone has no word at all
            return
        if words[0] == words[1]:  # the module `company` has its `company_company`
            yield entity_of(words[1:])
        is_shared = self._firsts[words[0]] >= SHARED_BY and words[:1] not in self._whole  # else it is an entity itself
        if not (words[0] in self._plain or is_shared):
            return
        yield entity_of(words[1:], 0.0 if words[0] in self._plain else self._price(self._firsts[words[0]]))
        if len(words) > 2 and self._pairs[words[:2]] >= SHARED_BY and words[1:2] not in self._whole:
            yield entity_of(words[2:], self._price(self._pairs[words[:2]]))

    def _price(self, count: int) -> float:
        """What it costs to leave a prefix aside that so many tables have: the fewer, the more it distinguishes."""
        return max(0.0, 1 - count / (_EVERYWHERE * self._tables))


def shared_prefix(names: Sequence[Words]) -> str:
    """Return the word that nearly all columns of a table begin with; empty where there is none."""
    firsts = Counter(words.words[0] for words in names if len(words.words) > 1)
    if len(names) < SHARED_BY or not firsts:
        return ""
    word, count = firsts.most_common(1)[0]
    return word if count >= _COLUMN_PREFIX_SHARE * len(names) else ""


def shared_letters(names: Sequence[str]) -> str:
    """Return the letters that nearly all columns begin with where nothing sets them apart: `jst` of `jstid`, `jstname`.

    Only names of letters alone are looked at: where there are separators, a prefix has one.
    """
    squashed = [name.lower() for name in names if name.isalpha() and (name.islower() or name.isupper())]
    if len(squashed) < _FEWEST_SQUASHED or len(squashed) < _COLUMN_PREFIX_SHARE * len(names):
        return ""
    best = ""
    for size in range(SHORTEST_CALL, _LONGEST_LETTERS + 1):
        letters, count = Counter(name[:size] for name in squashed).most_common(1)[0]
        if count < _COLUMN_PREFIX_SHARE * len(names) or any(name == letters for name in squashed):
            break
        best = letters
    return best
