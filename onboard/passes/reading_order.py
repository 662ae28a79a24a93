"""Models in reading order: parents before children, cycles by name."""

from __future__ import annotations

from collections.abc import Mapping


def reading_order(parents: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the names so that each follows what it points at, as far as cycles let it; by name otherwise."""
    order: dict[str, None] = {}
    entered: set[str] = set()
    stack = [(name, False) for name in sorted(parents, reverse=True)]
    while stack:
        name, is_done = stack.pop()
        if is_done:
            order[name] = None
        elif name not in entered:
            entered.add(name)
            stack.append((name, True))
            waiting = [(parent, False) for parent in sorted(parents[name], reverse=True) if parent not in entered]
            stack.extend(waiting)
    return tuple(order)
