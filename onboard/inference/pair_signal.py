"""What a signal of a foreign key of several columns is: an observation as a number, and a sentence for a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from onboard.inference.composite import CompositeEdge
from onboard.inference.schema import KeyView


class Of(Enum):
    """What a signal looks at: the same columns of a child, or the same key, are then measured once for all edges.

    Names are those of the columns, with their types: what they say of a key is the same in whichever table they are.
    Tables are the names of both: there is nothing to say where these do not meet.
    """

    EDGE = "edge"
    CHILD = "child"
    PARENT = "parent"
    NAMES = "names"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class PairSignal:
    """One observation. Zero means that there is nothing to say."""

    name: str
    sign: int  # +1 or -1: the side its weight must fall on; 0 where it may fall on either
    measure: Callable[[CompositeEdge], float]
    sentence: Callable[[CompositeEdge, float], str]
    of: Of = Of.EDGE
    needs_rows: bool = False  # asked only once rows have been counted
    parent: Callable[[KeyView], object] | None = None  # where given, asked of edges to such keys alone
