"""Takes squashed words apart (`businessentity`, `fullname`) and leaves whole what it is not sure of.

Words that the database spells out elsewhere come first, then `words.json` (abbreviations of database naming, compounds
that are one word), then the frequency list that symspellpy ships: 82,834 words of Google Books' n-grams. It was
compared with others on tests/decisions/squashed_names.txt; the figures are in docs/names.md.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

from onboard.decisions.fragments import Words, fragments
from onboard.inference.english import NEVER, rarity

_SHORTEST = 5  # what is shorter is never taken apart
_LONGEST_WORD = 20
# Costs are minus the natural logarithm of a word's share of all text; each further word costs `_PER_WORD` more.
_SPELLED_OUT = 6.5
_NAMING = 8.0
_KEY_WORDS = {"id": 5.0, "no": 6.0, "by": 6.0}
_RAREST = 14.0
_RAREST_SHORT = 10.5  # of three letters or fewer: rare ones are chance
_RAREST_PLURAL = 20.0  # whose singular is listed at all
_COMMON = 11.0
_PER_WORD = 3.0
_TELLING = 6  # letters of a word that tells the language
_FEWEST_TELLING = 8
_ENGLISH = 0.65


class Splitter:
    """Splits the words of one database; each distinct word is worked out once."""

    def __init__(self, names: Iterable[str], extra: Iterable[str] = ()) -> None:
        self._known: dict[str, Words] = {}
        self._vocabulary = set(extra)
        self.is_english = True  # until the names say otherwise
        spelled = [fragments(name) for name in sorted(set(names))]
        self._learn(spelled)
        self.is_english = self._mostly_explained({piece for pieces in spelled for piece in pieces})
        self._known.clear()

    def split(self, word: str) -> Words:
        """Return the parts of a lower-case word, or the word alone."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._parts(word)
        return known

    def is_word(self, word: str) -> bool:
        """Whether it is a word of the language, rather than a code."""
        return len(word) > 2 and rarity(word) <= _RAREST_SHORT + (len(word) > 3)

    def _learn(self, spelled: Iterable[Words]) -> None:
        """Take in the words that stand between separators in some name and are not squashed themselves.

        Shorter ones come first, so that `cvterm` is known when `cvtermprop` is looked at.
        """
        counts = Counter(piece for pieces in spelled if len(pieces) > 1 for piece in set(pieces) if piece.isalpha())
        for word in sorted(counts, key=lambda word: (len(word), word)):
            is_evidence = len(word) > 3 or (counts[word] > 1 and len(word) == 3) or counts[word] > 2
            if is_evidence and self.split(word) == (word,):
                self._vocabulary.add(word)

    def _mostly_explained(self, pieces: Iterable[str]) -> bool:
        """Whether the longer words of the database are English, or made of such, and not of another language.

        Of the real databases this was looked at on, English ones explain 0.85 and more, others 0.5 and less.
        """
        longer = [piece for piece in pieces if len(piece) >= _TELLING and piece.isalpha()]
        explained = sum(_is_known(piece, rarest=_RAREST_PLURAL) or len(self.split(piece)) > 1 for piece in longer)
        return len(longer) < _FEWEST_TELLING or explained >= _ENGLISH * len(longer)

    def _parts(self, word: str) -> Words:
        letters = word.rstrip("0123456789")
        if len(letters) < _SHORTEST or not letters.isalpha() or self._is_whole(letters):
            return (word,)
        best = self._best(letters)
        if best is None or rarity(letters) <= best[0] or self._is_guesswork(best[1]):
            return (word,)
        *parts, last = best[1]
        return (*parts, last + word[len(letters) :])

    def _is_whole(self, word: str) -> bool:
        listed = _listed()
        return (
            word in self._vocabulary
            or word in listed["compounds"]
            or word.removesuffix("s") in listed["compounds"]
            or _is_known(word, rarest=_COMMON)
            or _is_derived(word)
        )

    def _is_guesswork(self, parts: Words) -> bool:
        """Whether several words of the language stand beside one that only the database knows: another language."""
        guesses = sum(part not in self._vocabulary and not _is_listed(part) for part in parts)
        if not self.is_english:
            return guesses > 0
        return guesses > 1 and any(rarity(part) == NEVER and not _is_listed(part) for part in parts)

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
                if cost < (NEVER if here is None else here[0]):
                    cheapest[end] = (cost, start)
        last = cheapest[-1]
        if last is None:
            return None
        return last[0], _walked_back(word, cheapest)

    def _cost(self, part: str) -> float:
        listed = _listed()
        is_spelled_out = part in self._vocabulary
        is_naming = _is_listed(part)
        if len(part) == 2 and not is_spelled_out and part not in listed["short"]:
            return NEVER
        cost = min(
            rarity(part),
            _KEY_WORDS.get(part, NEVER),
            _SPELLED_OUT if is_spelled_out else NEVER,
            _NAMING if is_naming else NEVER,
        )
        if len(part) <= 3 and not (is_spelled_out or is_naming) and cost > _RAREST_SHORT:
            return NEVER
        return cost if cost <= _RAREST else NEVER


def _is_derived(word: str) -> bool:
    """Whether the word is another's plural, or made of one by an ending: `redactions`, `taggable`."""
    return any(
        _is_known(stem, rarest=_RAREST if len(ending) > 2 else _RAREST_PLURAL)
        for ending in _listed()["endings"]
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1
        for stem in _stems(word[: -len(ending)])
    )


def _is_known(word: str, *, rarest: float) -> bool:
    return rarity(word) <= rarest or word in _listed()["naming"] or word in _listed()["modern"]


def _is_listed(part: str) -> bool:
    """Whether `words.json` names it."""
    listed = _listed()
    return part in listed["naming"] or part in listed["compounds"] or part in listed["modern"]


def _stems(stem: str) -> tuple[str, ...]:
    """Return how the word may have been spelled before the ending: `tag` of `tagg`, `update` of `updat`."""
    doubled = (stem[:-1],) if stem[-1] == stem[-2] else ()
    return (stem, f"{stem}e", *doubled)


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


@lru_cache(maxsize=1)
def _listed() -> Mapping[str, frozenset[str]]:
    text = files("onboard.decisions").joinpath("words.json").read_text(encoding="utf-8")
    return {kind: frozenset(words) for kind, words in json.loads(text).items()}
