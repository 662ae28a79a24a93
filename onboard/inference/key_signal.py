"""What a signal of a primary key is: an observation as a number, and the sentence that tells a person about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from onboard.inference.key_candidates import KeyCandidate, NameUse
from onboard.inference.schema import ColumnView


class Of(Enum):
    """What a signal looks at: it is asked of no other candidates."""

    ANY = "any"
    SINGLE = "one column"
    SET = "several columns"


@dataclass(frozen=True, slots=True)
class KeySignal:
    """One observation. Zero means that there is nothing to say."""

    name: str
    sign: int  # +1 or -1: the side its weight must fall on; 0 where it may fall on either
    measure: Callable[[KeyCandidate, NameUse], float]
    sentence: Callable[[KeyCandidate, float], str]
    of: Of = Of.ANY
    needs_rows: bool = False  # asked only once rows have been read
    # What it sees of a set, 1, where this is so of one of the columns; a column is then asked once for all its sets.
    any_column: Callable[[ColumnView, NameUse], bool] | None = None
