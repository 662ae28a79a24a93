"""A word -> its singular or plural, as a person would write it.

Regular endings are decided here, since `inflect` takes `bus`, `alias` and `this` for plurals; what is left (`leaves`,
`dishes`, `bacteria`) is asked of `inflect`, imported only then. `plurals.json` lists what both get wrong.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Protocol

from onboard.inference.english import is_listed

# Endings that make a word worth a question to inflect although it does not end in `s`.
_ODD_PLURAL_ENDINGS = ("men", "ren", "eople", "feet", "teeth", "geese", "mice", "lice", "ia", "ta", "ae", "eaux", "xen")
_SINGULAR_S_ENDINGS = ("ss", "us", "is")


class _Engine(Protocol):
    def singular_noun(self, text: str) -> str | bool: ...
    def plural_noun(self, text: str) -> str: ...


class Plurals:
    """Both directions, with the person's own plurals first; every distinct word is worked out once.

    Of a database in another language only the words that English has too have plurals: `kunden` stays as it is.
    """

    def __init__(self, given: tuple[tuple[str, str], ...] = (), *, is_english: bool = True) -> None:
        self._is_english = is_english
        self._singulars = {**_data("singulars"), **{plural: singular for singular, plural in given}}
        self._plurals = {**_data("plurals"), **dict(given)}
        self._keep = frozenset(_words("keep")) | {singular for singular, _ in given}

    def singular(self, word: str) -> str:
        """Return the singular of a lower-case word; a word that is none, or not known, comes back as it is."""
        if word in self._singulars:
            return self._singulars[word]
        if word in self._keep:
            return word
        return _singular(word) if self._is_english or is_listed(word) else word

    def plural(self, word: str) -> str:
        """Return the plural of a lower-case singular word; digits at its end stay there."""
        if word in self._plurals:
            return self._plurals[word]
        return _plural(word) if self._is_english or is_listed(word) else word

    def is_plural(self, word: str) -> bool:
        """Whether the word is another's plural."""
        return self.singular(word) != word


@lru_cache(maxsize=16384)
def _singular(word: str) -> str:
    if not word.isalpha() or len(word) < 4:
        return word
    if not word.endswith("s"):
        return _asked(word) if word.endswith(_ODD_PLURAL_ENDINGS) else word
    if word.endswith(_SINGULAR_S_ENDINGS):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("ves", "oes", "ices", "yses", "eses", "xes", "zzes")):
        return _asked(word)
    if word.endswith(("sses", "shes", "ches", "uses")):
        return word[:-2] if not word.endswith(("auses", "ouses", "aches")) else word[:-1]
    return word[:-1]


def _asked(word: str) -> str:
    found = str(_engine().singular_noun(word) or word)
    # `specimen` is no man: what inflect makes of a word of the language has to be one too.
    return word if is_listed(word) and not is_listed(found) else found


@lru_cache(maxsize=16384)
def _plural(word: str) -> str:
    if not word or not word[-1].isalpha():
        return word
    if word.endswith("y"):
        return word + "s" if word[-2:-1] in "aeiou" else word[:-1] + "ies"
    if word.endswith(("ss", "us", "x", "ch", "sh")):
        return word + "es"
    if word.isalpha() and word.endswith(("s", "z", "f", "fe", "man", "child", "person", "foot", "tooth")):
        return _engine().plural_noun(word)
    return word + "s"


@lru_cache(maxsize=1)
def _engine() -> _Engine:
    # inflect has each of its functions rewritten by typeguard as it is imported, which takes a second; its types are
    # not ours to check. May go when inflect 7.6's `@typechecked` does.
    import typeguard

    decorate = typeguard.typechecked
    setattr(typeguard, "typechecked", _as_it_is)  # noqa: B010  # mypy holds a plain assignment against overloads
    try:
        import inflect
    finally:
        typeguard.typechecked = decorate
    engine: _Engine = inflect.engine()
    return engine


def _as_it_is(function: object = None, **_options: object) -> object:
    return function if function is not None else _as_it_is


@lru_cache(maxsize=1)
def _file() -> Mapping[str, object]:
    text = files("onboard.decisions").joinpath("plurals.json").read_text(encoding="utf-8")
    loaded: Mapping[str, object] = json.loads(text)
    return loaded


def _data(name: str) -> dict[str, str]:
    pairs = _file()[name]
    assert isinstance(pairs, dict)
    return {str(word): str(other) for word, other in pairs.items()}


def _words(name: str) -> list[str]:
    words = _file()[name]
    assert isinstance(words, list)
    return [str(word) for word in words]
