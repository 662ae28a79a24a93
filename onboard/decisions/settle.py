"""Gives each of many claimants the best of its candidate names that nobody else has, whatever their order.

Where several want the same name, the one with the strictly lowest rank keeps it and the others go on to their next
candidate; where ranks are equal all go on, so that no name depends on which came first. Who runs out of candidates gets
a number, in the order of keys, the first of them none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

KeyType = TypeVar("KeyType", bound="object")


@dataclass(frozen=True, slots=True)
class Claimant(Generic[KeyType]):
    """Who wants a name: the best one, further ones made only when they are needed, and who keeps what two want."""

    key: KeyType  # sorts among its kind
    first: str
    further: Callable[[], tuple[str, ...]]  # best first; the first one again is skipped
    rank: tuple[int, ...] = ()  # lower keeps

    def candidate(self, level: int) -> str | None:
        """Return the name at a level, None past the last."""
        if level == 0:
            return self.first
        others = [name for name in dict.fromkeys(self.further()) if name != self.first]
        return others[level - 1] if level <= len(others) else None


def claimant(key: KeyType, candidates: Iterable[str], rank: tuple[int, ...] = ()) -> Claimant[KeyType]:
    """Return a claimant whose candidates are at hand, best first."""
    names = tuple(candidates)
    return Claimant(key, names[0], lambda: names[1:], rank)


Claims = Callable[[KeyType, str], frozenset[str]]  # what a claimant takes when it gets a name


def settle(
    claimants: Iterable[Claimant[KeyType]],
    *,
    taken: Collection[str],
    claims: Claims[KeyType],
    numbered: Callable[[str, int], str],
    order: Callable[[KeyType], object],
) -> Mapping[KeyType, str]:
    """Return a name for each key such that no two claims meet, nor meet `taken`."""
    waiting = {claimant.key: claimant for claimant in claimants}
    level = dict.fromkeys(waiting, 0)
    wants = {key: claimant.first for key, claimant in waiting.items()}
    used = set(taken)
    while losers := _losers(waiting, wants, used, claims):
        for key in losers:
            level[key] += 1
        further = {key: waiting[key].candidate(level[key]) for key in losers}
        wants.update({key: name for key, name in further.items() if name is not None})
        exhausted = [key for key, name in further.items() if name is None]
        if exhausted:
            # The others settle first, so that a numbered name never takes one that somebody would have had.
            rest = [claimant for key, claimant in waiting.items() if further.get(key, "") is not None]
            settled = dict(settle(rest, taken=used, claims=claims, numbered=numbered, order=order)) if rest else {}
            for key, name in settled.items():
                used |= claims(key, name)
            return settled | _numbered(waiting, exhausted, used, claims, numbered, order)
    return wants


def _losers(
    waiting: Mapping[KeyType, Claimant[KeyType]],
    wants: Mapping[KeyType, str],
    used: Collection[str],
    claims: Claims[KeyType],
) -> list[KeyType]:
    """Return who cannot have what it wants: it is taken, or wanted by another who is not of higher rank."""
    wanted: dict[str, list[KeyType]] = {}
    for key, name in wants.items():
        for claim in claims(key, name):
            wanted.setdefault(claim, []).append(key)
    losers: dict[KeyType, None] = {}
    for claim, keys in wanted.items():
        if claim in used:
            losers.update(dict.fromkeys(keys))
        elif len(keys) > 1:
            best = min(waiting[key].rank for key in keys)
            winners = [key for key in keys if waiting[key].rank == best]
            losers.update(dict.fromkeys(key for key in keys if len(winners) > 1 or key not in winners))
    return list(losers)


def _numbered(
    waiting: Mapping[KeyType, Claimant[KeyType]],
    keys: Iterable[KeyType],
    used: set[str],
    claims: Claims[KeyType],
    numbered: Callable[[str, int], str],
    order: Callable[[KeyType], object],
) -> dict[KeyType, str]:
    given: dict[KeyType, str] = {}
    for key in sorted(keys, key=lambda key: repr(order(key))):
        name, number = waiting[key].first, 1
        while claims(key, name) & used:
            number += 1
            name = numbered(waiting[key].first, number)
        used |= claims(key, name)
        given[key] = name
    return given
