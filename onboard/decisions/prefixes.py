"""Finds the prefixes of table and column names that say nothing: `tbl_`, the app's label, what a whole schema shares.

Works on fragments. A prefix that is itself a table is an entity and stays; a word of the language must be shared by
nearly all of many tables, a code such as `qrtz` by a good part of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from onboard.decisions.fragments import Words

_HUNGARIAN = frozenset(("tbl", "tb", "vw"))
_HUNGARIAN_GLUED = ("tbl", "vw")  # no English word begins so
_FEWEST_SHARING = 3


def without_hungarian(pieces: Words, entities: frozenset[str]) -> Words:
    """Return fragments without a leading or trailing `tbl`, also one that is glued on: `tblcust`."""
    if len(pieces) > 1 and pieces[0] in _HUNGARIAN and pieces[0] not in entities:
        return pieces[1:]
    if len(pieces) > 1 and pieces[-1] in _HUNGARIAN and pieces[-1] not in entities:
        return pieces[:-1]
    for glued in _HUNGARIAN_GLUED:
        rest = pieces[0][len(glued) :] if pieces and pieces[0].startswith(glued) else ""
        if len(rest) > 2 and rest[0].isalpha():
            return (rest, *pieces[1:])
    return pieces


def shared_prefixes(
    names: Iterable[Words], is_word: Callable[[str], bool], entities: frozenset[str]
) -> tuple[Words, ...]:
    """Return the prefixes to strip from these tables of one schema, longest first.

    `entities` holds the names of tables that are one fragment, singular and plural: no such prefix is stripped.
    """
    tables = list(names)
    firsts = Counter(pieces[0] for pieces in tables if len(pieces) > 1)
    found: list[Words] = []
    for first, count in sorted(firsts.items()):
        if first in entities or not _says_nothing(first, count, len(tables), is_word):
            continue
        group = [pieces for pieces in tables if len(pieces) > 1 and pieces[0] == first]
        found.append(_extended((first,), group, is_word, entities))
    return tuple(sorted(found, key=lambda prefix: (-len(prefix), prefix)))


def _says_nothing(first: str, count: int, total: int, is_word: Callable[[str], bool]) -> bool:
    if count < _FEWEST_SHARING:
        return False
    if len(first) == 1:
        return True
    share = count / total
    if is_word(first):
        return share >= 0.9 and count >= 8
    return share >= 0.75 or (share >= 0.2 and count >= 10)


def _extended(prefix: Words, group: list[Words], is_word: Callable[[str], bool], entities: frozenset[str]) -> Words:
    """Return the prefix with the fragments that all of its group go on to share."""
    while True:
        nexts = {pieces[len(prefix)] if len(pieces) > len(prefix) + 1 else "" for pieces in group}
        if len(nexts) != 1 or "" in nexts:
            return prefix
        (one,) = nexts
        if one in entities or is_word(one):
            return prefix
        prefix = (*prefix, one)


def stripped(pieces: Words, prefixes: Iterable[Words]) -> Words:
    """Return the fragments without the first prefix that fits and leaves something with a letter."""
    for prefix in prefixes:
        rest = pieces[len(prefix) :]
        if rest and pieces[: len(prefix)] == prefix and any(piece[0].isalpha() for piece in rest):
            return rest
    return pieces


def column_prefix(columns: Mapping[str, Words], is_word: Callable[[str], bool]) -> Words:
    """Return the code that nearly all columns of a table begin with (`l_`, `ps_`), or nothing."""
    firsts = Counter(pieces[0] for pieces in columns.values() if len(pieces) > 1)
    if not firsts:
        return ()
    first, count = min(firsts.items(), key=lambda item: (-item[1], item[0]))
    if count < _FEWEST_SHARING or count < 0.8 * len(columns) or is_word(first):
        return ()
    return (first,)
