"""Judges whether some words abbreviate others: `cust` and customer, `dept` and department, `bu` and business unit."""

from __future__ import annotations

from functools import lru_cache

from onboard.inference.english import is_listed
from onboard.inference.weights import weights

SHORTEST_START = 3
_FEWEST_DROPPED = 2  # letters: `pos` is not short for `post`
_SKELETON_SHARE = 0.7
_DERIVES = frozenset(("er", "r", "or", "ee", "ing", "ed", "d", "ist"))  # an interviewer is no short interview
_VOWELS = frozenset("aeiou")


def abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether one sequence of words abbreviates the other, either way round, word by word or by initials."""
    if short == long or not short or not long:
        return False
    if len(short) == len(long):
        return all(_word_abbreviates(ours, theirs) for ours, theirs in zip(short, long, strict=True))
    return len(short) == 1 and len(long) > 1 and _is_initials(short[0], long)


def _is_initials(short: str, long: tuple[str, ...]) -> bool:
    """Whether a word is the initials of several, or of all but the last and the start of that: `cdemo`."""
    initials = "".join(word[0] for word in long if word)
    if short == initials:
        return True
    rest = short.removeprefix(initials[:-1])
    is_half = len(short) > len(rest) >= SHORTEST_START and long[-1].startswith(rest)
    return is_half and not is_listed(short) and short not in weights().words["common_words"]


@lru_cache(maxsize=65536)
def _word_abbreviates(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) == len(long) or short[0] != long[0]:
        return False
    if long.startswith(short):
        if len(short) < SHORTEST_START or len(long) - len(short) < _FEWEST_DROPPED:
            return False
        if len(short) == SHORTEST_START and short in weights().words["common_words"]:
            return False  # `set` is short for no `settlement`
        return not (long[len(short) :] in _DERIVES and is_listed(short))
    if short in weights().words["common_words"] or len(short) < SHORTEST_START:
        return False  # a word of its own is no abbreviation: part and parent
    return len(short) <= _SKELETON_SHARE * len(long) and _skeleton_fits(short, long)


def _skeleton_fits(short: str, long: str) -> bool:
    """Whether the letters come in order and what is dropped between them is not a consonant that is heard first."""
    position = 0
    for letter in short[1:]:
        position = long.find(letter, position + 1)
        if position < 0:
            return False
    return sum(letter not in _VOWELS for letter in short) >= len(short) - 1
