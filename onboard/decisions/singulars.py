"""The words of a table -> what one row of it is called.

The word that is counted becomes singular: the last, or the one before `of`. What the table's own columns spell comes
before what English knows (`cd_id` in `cds`), and a parent's name at the beginning is singular too (`charges_taxes`,
which refers to `charges`).
"""

from __future__ import annotations

from collections.abc import Iterable

from onboard.catalog.structure import Table
from onboard.decisions.fragments import Words, fragments
from onboard.decisions.plurals import Plurals
from onboard.decisions.reader import NameReader

_KEY_WORDS = ("id", "key", "code", "no", "num", "number", "nr", "uuid", "guid")
_PARTICLES = {"ons": "on", "ins": "in", "ups": "up"}  # of `add_ons`, `log_ins`, `sign_ups`: no words by themselves


class Singulars:
    """Makes the names of one table singular."""

    def __init__(self, reader: NameReader, plurals: Plurals, table: Table) -> None:
        self._reader = reader
        self._plurals = plurals
        self._table = table

    def of(self, pieces: Words, parents: Iterable[Words]) -> Words:
        """Return the words of the table's name; `parents` are the names of the tables that it refers to."""
        head = max(
            (own for own in parents if own == pieces[: len(own)] and len(own) < len(pieces)), key=len, default=()
        )
        words = singular(self._reader.spelled(head), self._plurals) if head else ()
        tail = self._reader.spelled(pieces[len(head) :])
        return (*words, *self._as_columns_say(tail))

    def _as_columns_say(self, words: Words) -> Words:
        last = words[-1] if words else ""
        if last.endswith("s"):
            for column in self._table.columns:
                own = self._reader.spelled(fragments(column.name))
                stem = own[-2] if len(own) > 1 and own[-1] in _KEY_WORDS else ""
                if stem.isalpha() and last in (f"{stem}s", f"{stem}es"):
                    return (*words[:-1], stem)
        return singular(words, self._plurals)


def singular(words: Words, plurals: Plurals) -> Words:
    """Return the words with the one that is counted made singular: the last with letters, or that before `of`."""
    last = words.index("of") - 1 if "of" in words[1:] else len(words) - 1
    for place in range(last, -1, -1):
        if words[place].isalpha():
            one = _PARTICLES.get(words[place]) if place else None
            return (*words[:place], one or plurals.singular(words[place]), *words[place + 1 :])
    return words
