"""A name of a database -> the lower-case ASCII fragments that its own spelling tells apart.

Splits at what is neither letter nor digit and at camel case; digits stay with the letters before them. Letters of other
scripts are written in ASCII by `anyascii`, imported only for such a name.
"""

from __future__ import annotations

import re
from functools import lru_cache

Words = tuple[str, ...]

_PIECE = re.compile(r"[A-Z]{2,}s(?![a-z])\d*|[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+")
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth"}


@lru_cache(maxsize=65536)
def fragments(name: str) -> Words:
    """Return the fragments in order; empty where the name holds neither letter nor digit."""
    text = name if name.isascii() else _in_ascii(name)
    found: list[str] = []
    for run in re.findall(r"[A-Za-z0-9]+", text):
        found.extend(_pieces(run))
    return tuple(found)


def _pieces(run: str) -> list[str]:
    ordinal = _ORDINALS.get(run.lower())
    if ordinal:
        return [ordinal]
    if run.islower() or run.isupper():
        leading = re.match(r"\d+", run)
        whole = run.lower()
        return [whole] if leading is None or leading.end() == len(run) else [leading[0], whole[leading.end() :]]
    return [piece.lower() for piece in _PIECE.findall(run)]


def _in_ascii(name: str) -> str:
    from anyascii import anyascii

    # A letter that becomes several (`京` -> `Jing`) begins with a capital, so camel case tells such words apart.
    return "".join(anyascii(letter) if not letter.isascii() else letter for letter in name)
