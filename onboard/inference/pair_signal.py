"""What a signal of a foreign key of several columns is: an observation as a number, and a sentence for a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from onboard.inference.composite import CompositeEdge


class Of(Enum):
    """What a signal looks at: the same columns of a child, or the same key, are then measured once for all edges."""

    EDGE = "edge"
    CHILD = "child"
    PARENT = "parent"


@dataclass(frozen=True, slots=True)
class PairSignal:
    """One observation. Zero means that there is nothing to say."""

    name: str
    sign: int  # +1 or -1: the side its weight must fall on; 0 where it may fall on either
    measure: Callable[[CompositeEdge], float]
    sentence: Callable[[CompositeEdge, float], str]
    of: Of = Of.EDGE
    needs_rows: bool = False  # asked only once rows have been counted
