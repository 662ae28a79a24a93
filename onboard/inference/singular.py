"""Turns a plural English word into its singular; what it does not know it leaves alone.

Both sides of every comparison pass through here, so a wrong singular costs nothing as long as it is the same one.
"""

from __future__ import annotations

from functools import lru_cache

from onboard.inference.weights import weights


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """Return the singular of a lower-case word."""
    irregular = weights().irregular_singulars.get(word)
    if irregular is not None:
        return irregular
    if len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "uses")) and len(word) > 5:
        return word[:-2]
    return word[:-1]
