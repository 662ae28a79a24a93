"""What a look-up says that finds many: nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


def few(found: Sequence[Item], most: int) -> Sequence[Item]:
    """Return what was found; nothing where it is more than so many."""
    return found if len(found) <= most else ()
