"""What needs what -> an order in which everything comes after what it needs, stable and without recursion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush
from typing import TypeVar

Item = TypeVar("Item")


def needs_first(items: Iterable[Item], needs: Mapping[Item, Iterable[Item]]) -> tuple[Item, ...]:
    """Return the items so that each follows what it needs, otherwise in the given order.

    Needs that are not among the items are met elsewhere. A cycle is broken at its first item.
    """
    given = tuple(items)
    place = {item: number for number, item in enumerate(given)}
    open_needs = {item: {need for need in needs.get(item, ()) if need in place and need != item} for item in given}
    needed_by: dict[Item, list[Item]] = {}
    for item, wanted in open_needs.items():
        for need in wanted:
            needed_by.setdefault(need, []).append(item)
    ready = [place[item] for item, wanted in open_needs.items() if not wanted]
    heapify(ready)
    ordered: list[Item] = []
    done: set[Item] = set()
    waiting = iter(given)
    while len(ordered) < len(given):
        item = given[heappop(ready)] if ready else next(one for one in waiting if one not in done)
        if item in done:
            continue
        ordered.append(item)
        done.add(item)
        for follower in needed_by.get(item, ()):
            open_needs[follower].discard(item)
            if not open_needs[follower] and follower not in done:
                heappush(ready, place[follower])
    return tuple(ordered)
