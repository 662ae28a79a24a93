"""Words -> a Python identifier: snake_case for fields and modules, CamelCase for classes."""

from __future__ import annotations

from onboard.decisions.fragments import Words

# Permissions are named after the class and may hold 100 characters; nobody reads longer names than these anyway.
_LONGEST = 80


def snake(words: Words, *, empty: str) -> str:
    """Return a snake_case identifier; leading digits go to the end, `empty` stands where nothing is left."""
    return _cut("_".join(_letters_first(words, empty))).rstrip("_")


def camel(words: Words, *, empty: str) -> str:
    """Return a CamelCase identifier."""
    return _cut("".join(word[:1].upper() + word[1:] for word in _letters_first(words, empty)))


def numbered_snake(name: str, number: int) -> str:
    """Return the name with a number, still short enough."""
    return f"{name[: _LONGEST - 6]}_{number}"


def numbered_camel(name: str, number: int) -> str:
    """Return the class name with a number, still short enough."""
    return f"{name[: _LONGEST - 6]}{number}"


def _letters_first(words: Words, empty: str) -> Words:
    kept = tuple(filter(None, words))
    if kept and not kept[0][0].isdigit():
        return kept
    lead = 0
    while lead < len(kept) and kept[lead][0].isdigit():
        lead += 1
    if lead == len(kept):
        return (empty, *kept)
    return kept[lead:] + kept[:lead]


def _cut(name: str) -> str:
    return name[:_LONGEST]
