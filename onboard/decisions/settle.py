"""Gives each of many claimants the best of its candidate names that nobody else has, whatever their order.

Where several want the same name, the one with the strictly lowest rank keeps it and the others go on to their next
candidate; where ranks are equal all go on, so that no name depends on which came first. Who runs out of candidates gets
a number, in the order of keys.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

KeyType = TypeVar("KeyType", bound="object")


@dataclass(frozen=True, slots=True)
class Claimant(Generic[KeyType]):
    """Who wants a name: candidates best first, and a rank that settles who keeps a name two want."""

    key: KeyType  # sorts among its kind
    candidates: tuple[str, ...]  # never empty
    rank: tuple[int, ...] = ()  # lower keeps


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
    settled: dict[KeyType, str] = {}
    used = set(taken)
    while waiting:
        wanted = _wanted(waiting, level, claims)
        losers = [key for key in waiting if _loses(key, waiting, level, wanted, used, claims)]
        if not losers:
            for key, claimant in waiting.items():
                settled[key] = claimant.candidates[level[key]]
            break
        for key in losers:
            level[key] += 1
        exhausted = [key for key in losers if level[key] >= len(waiting[key].candidates)]
        if exhausted:
            # The others settle first, so that a numbered name never takes one that somebody would have had.
            rest = [claimant for key, claimant in waiting.items() if key not in set(exhausted)]
            partly = settle(rest, taken=used, claims=claims, numbered=numbered, order=order) if rest else {}
            settled.update(partly)
            for key, name in partly.items():
                used |= claims(key, name)
            settled.update(_numbered(waiting, exhausted, used, claims, numbered, order))
            break
    return settled


def _wanted(
    waiting: Mapping[KeyType, Claimant[KeyType]], level: Mapping[KeyType, int], claims: Claims[KeyType]
) -> dict[str, list[KeyType]]:
    wanted: dict[str, list[KeyType]] = {}
    for key, claimant in waiting.items():
        for claim in claims(key, claimant.candidates[level[key]]):
            wanted.setdefault(claim, []).append(key)
    return wanted


def _loses(
    key: KeyType,
    waiting: Mapping[KeyType, Claimant[KeyType]],
    level: Mapping[KeyType, int],
    wanted: Mapping[str, list[KeyType]],
    used: Collection[str],
    claims: Claims[KeyType],
) -> bool:
    mine = waiting[key]
    for claim in claims(key, mine.candidates[level[key]]):
        if claim in used:
            return True
        if any(other != key and waiting[other].rank <= mine.rank for other in wanted[claim]):
            return True
    return False


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
        number = 1
        while True:
            number += 1
            name = numbered(waiting[key].candidates[0], number)
            if not claims(key, name) & used:
                break
        used |= claims(key, name)
        given[key] = name
    return given
