"""Makes hostile text fit for a terminal: names, comments and server messages may hold anything.

Removed are control, surrogate and formatting characters, which move the cursor, recolour
or reorder what a person reads.
Source of truth: the Unicode general categories Cc, Cf, Cs, Zl and Zp.
"""

from __future__ import annotations

import unicodedata

_REMOVED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def clean(text: str) -> str:
    """Return the text without characters that act on a terminal; newlines and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _REMOVED)


def one_line(text: str) -> str:
    """Return the text as one line, cleaned: a name must not be able to begin a line of its own."""
    return clean(" ".join(text.split()))
