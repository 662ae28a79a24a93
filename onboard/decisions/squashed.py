"""Takes squashed words apart (`businessentity`, `fullname`) and leaves whole what it is not sure of.

Words that the database spells out elsewhere come first, then `words.json` (abbreviations of database naming, compounds
that are one word), then the frequency list that symspellpy ships: 82,834 words of Google Books' n-grams. It was
compared with others on tests/decisions/squashed_names.txt; the figures are in docs/names.md.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from onboard.decisions.fragments import Words, fragments

_SHORTEST = 5  # what is shorter is never taken apart
_LONGEST_WORD = 20
# Costs are minus the natural logarithm of a word's share of all text; each further word costs `_PER_WORD` more.
_SPELLED_OUT = 6.5
_NAMING = 8.0
_KEY_WORDS = {"id": 5.0, "no": 6.0, "by": 6.0}
_RAREST = 14.0
_RAREST_SHORT = 10.5  # of three letters or fewer: rare ones are chance
_COMMON = 11.0
_PER_WORD = 3.0
_NEVER = math.inf
_LOG_OF_ALL = 27.02  # of the sum of the list's counts


class Splitter:
    """Splits the words of one database; each distinct word is worked out once."""

    def __init__(self, names: Iterable[str], extra: Iterable[str] = ()) -> None:
        self._known: dict[str, Words] = {}
        self._vocabulary = frozenset(extra)
        self._vocabulary = frozenset(extra) | self._spelled_out(names)
        self._known = {}

    def split(self, word: str) -> Words:
        """Return the parts of a lower-case word, or the word alone."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._parts(word)
        return known

    def is_word(self, word: str) -> bool:
        """Whether it is a word of the language, rather than a code."""
        return len(word) > 2 and _rarity(word) <= _RAREST_SHORT + (len(word) > 3)

    def _spelled_out(self, names: Iterable[str]) -> frozenset[str]:
        """Return the words that stand between separators in some name and are not squashed themselves."""
        counts = Counter(
            piece for name in set(names) if len(found := fragments(name)) > 1 for piece in set(found) if piece.isalpha()
        )
        found_words: set[str] = set()
        for word in sorted(counts, key=lambda word: (len(word), word)):
            is_evidence = len(word) > 3 or (counts[word] > 1 and len(word) == 3) or counts[word] > 2
            if is_evidence and self.split(word) == (word,):
                found_words.add(word)
        return frozenset(found_words)

    def _parts(self, word: str) -> Words:
        letters = word.rstrip("0123456789")
        if len(letters) < _SHORTEST or not letters.isalpha() or self._is_whole(letters):
            return (word,)
        best = self._best(letters)
        if best is None or _rarity(letters) <= best[0]:
            return (word,)
        *parts, last = best[1]
        return (*parts, last + word[len(letters) :])

    def _is_whole(self, word: str) -> bool:
        listed = _listed()
        return (
            word in self._vocabulary
            or word in listed["compounds"]
            or word.removesuffix("s") in listed["compounds"]
            or word in listed["naming"]
            or _rarity(word) <= _COMMON
        )

    def _best(self, word: str) -> tuple[float, Words] | None:
        """Return the cheapest way to make the word of two words or more."""
        cheapest: list[tuple[float, int] | None] = [(0.0, 0)] + [None] * len(word)
        for end in range(2, len(word) + 1):
            for start in range(max(0, end - _LONGEST_WORD), end - 1):
                before = cheapest[start]
                if before is None or end - start == len(word):
                    continue
                cost = before[0] + self._cost(word[start:end]) + _PER_WORD
                if _is_affix(word, start, end):
                    continue
                here = cheapest[end]
                if cost < (_NEVER if here is None else here[0]):
                    cheapest[end] = (cost, start)
        last = cheapest[-1]
        if last is None:
            return None
        return last[0], _walked_back(word, cheapest)

    def _cost(self, part: str) -> float:
        listed = _listed()
        is_spelled_out = part in self._vocabulary
        is_naming = part in listed["naming"] or part in listed["compounds"]
        if len(part) == 2 and not is_spelled_out and part not in listed["short"]:
            return _NEVER
        cost = min(
            _rarity(part),
            _KEY_WORDS.get(part, _NEVER),
            _SPELLED_OUT if is_spelled_out else _NEVER,
            _NAMING if is_naming else _NEVER,
        )
        if len(part) <= 3 and not (is_spelled_out or is_naming) and cost > _RAREST_SHORT:
            return _NEVER
        return cost if cost <= _RAREST else _NEVER


def _is_affix(word: str, start: int, end: int) -> bool:
    """Whether a part is a prefix or an ending of the language rather than a word: `sub`, `able`."""
    listed = _listed()
    return (start == 0 and word[:end] in listed["not_first"]) or (
        end == len(word) and word[start:] in listed["not_last"]
    )


def _walked_back(word: str, cheapest: list[tuple[float, int] | None]) -> Words:
    parts: list[str] = []
    end = len(word)
    while end:
        step = cheapest[end]
        assert step is not None
        parts.append(word[step[1] : end])
        end = step[1]
    return tuple(reversed(parts))


@lru_cache(maxsize=65536)
def _rarity(word: str) -> float:
    count = _counts().get(word)
    return _NEVER if count is None else _LOG_OF_ALL - math.log(int(count))


@lru_cache(maxsize=1)
def _listed() -> Mapping[str, frozenset[str]]:
    text = files("onboard.decisions").joinpath("words.json").read_text(encoding="utf-8")
    return {kind: frozenset(words) for kind, words in json.loads(text).items()}


@lru_cache(maxsize=1)
def _counts() -> Mapping[str, str]:
    """Return how often each listed word was seen; reads the list, which takes 30 ms, and does not import symspellpy."""
    package = find_spec("symspellpy")
    assert package is not None
    assert package.submodule_search_locations
    path = Path(package.submodule_search_locations[0]) / "frequency_dictionary_en_82_765.txt"
    return dict(line.split() for line in path.read_text(encoding="utf-8-sig").splitlines())
