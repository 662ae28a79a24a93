"""How common a word of English is: minus the natural logarithm of its share of all text, from symspellpy's list.

The list holds 82,834 words of Google Books' n-grams in British spelling; only its file is read.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

NEVER = math.inf
_LOG_OF_ALL = 27.02  # of the sum of the list's counts


@lru_cache(maxsize=65536)
def rarity(word: str) -> float:
    """Return the rarity of a lower-case word, from about 3 (`the`); NEVER where the list lacks it."""
    count = _counts().get(word)
    return NEVER if count is None else _LOG_OF_ALL - math.log(int(count))


def is_listed(word: str) -> bool:
    """Whether it is a word of the list at all."""
    return word in _counts()


@lru_cache(maxsize=1)
def _counts() -> Mapping[str, str]:
    """Return how often each listed word was seen; reads the list, which takes 15 ms, and does not import symspellpy."""
    package = find_spec("symspellpy")
    assert package is not None
    assert package.submodule_search_locations
    path = Path(package.submodule_search_locations[0]) / "frequency_dictionary_en_82_765.txt"
    fields = iter(path.read_text(encoding="utf-8-sig").split())  # a word, how often it was seen, the next word
    return dict(zip(fields, fields, strict=True))
