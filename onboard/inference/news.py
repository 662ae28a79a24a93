"""Notices what has changed in a Situation since it was last looked at, and which columns that says anything of.

Most of what is learnt from stage to stage is about a few columns (a vote, a join, a key of several columns); the edges
of all others are then what they were, and need be neither measured nor weighed again. Knows nothing of signals.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Any

from onboard.inference.schema import ColumnView
from onboard.inference.situation import Situation


class News:
    """The versions of what some fields of a situation hold."""

    def __init__(self, situation: Situation, fields: Iterable[str]) -> None:
        self.version = 0
        self._situation = situation
        self._held: dict[str, Any] = {name: getattr(situation, name) for name in fields}  # `Any`: of many types
        self.columns = {name: situation.columns_of(name) for name in self._held}  # None: it says no columns
        self._changes: list[tuple[int, AbstractSet[ColumnView] | None]] = []  # of which columns; None: of any

    def notice(self) -> set[str]:
        """Return the fields that have changed since it was last asked; all, once rows are read: those grow in place."""
        known = self._situation
        before, now = self._held, {name: getattr(known, name) for name in self._held}
        is_growing = bool(known.sizes or known.profiles or known.inclusions)
        changed = {name for name in now if is_growing or _differ(before[name], now[name])}
        if changed:
            sets = [self.columns[name] for name in changed]
            self.columns.update((name, self._situation.columns_of(name)) for name in changed)
            sets += [self.columns[name] for name in changed]
            concerned = None if None in sets else frozenset().union(*filter(None, sets))
            self.version += 1
            self._changes.append((self.version, concerned))
            self._held = now
        return changed

    def all_anew(self) -> None:
        """Take everything for changed."""
        self.version += 1
        self._changes = [(self.version, None)]

    def concern(self, child: ColumnView, since: int) -> bool:
        """Whether anything that concerns a column has changed since a version."""
        for version, columns in reversed(self._changes):
            if version <= since:
                return False
            if columns is None or child in columns:
                return True
        return since < 0


def _differ(before: object, now: object) -> bool:
    """Whether two values differ; a mapping is replaced as a whole, and never compared item by item."""
    if not before and not now:
        return False
    return before != now if isinstance(now, (bool, float, tuple)) else before is not now
