"""What a signal is: an observation of an edge as a number, and the sentence that tells a person about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from onboard.inference.candidates import Edge, Relation
from onboard.inference.schema import ColumnView, KeyView
from onboard.inference.situation import Situation


class Of(Enum):
    """What a signal looks at: the same child, parent, relation or lead is then measured once for all its edges.

    A lead is a relation with what the name and the type of the child say of the parent, wherever the child is.
    Of signals that are not settled, those of a child or a parent alone are asked once for all its edges.
    """

    EDGE = "edge"
    CHILD = "child"
    PARENT = "parent"
    RELATION = "relation"
    LEAD = "lead"

    __hash__ = object.__hash__  # that of an Enum is written in Python


@dataclass(frozen=True, slots=True)
class Signal:
    """One observation. Zero means that there is nothing to say."""

    name: str
    sign: int  # +1 or -1: the side its weight must fall on; 0 where it may fall on either
    measure: Callable[[Edge, Situation], float]
    sentence: Callable[[Edge, float], str]
    is_settled: bool = True  # False: changes between stages, so it is measured again at each
    needs_rows: bool = False  # asked only once rows have been read
    of: Of = Of.EDGE
    only: tuple[Relation, ...] = ()  # where given, asked of edges that were found these ways and of no others
    child: Callable[[ColumnView], object] | None = None  # where given, asked of edges of such children alone
    parent: Callable[[KeyView], object] | None = None  # and here of edges to such keys
    is_near: bool = False  # asked only where the names of both tables have a word in common, or both are one
    passes_on: str = ""  # the field of the edge that it gives as it is: these are all looked at in one go
    reads: str = ""  # the field of the Situation that it looks up; while that is empty it is not asked
