"""The Differences: where models or recorded state and the database part, typed and worded once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a difference matters."""

    BREAKS = "breaks"  # queries or writes fail
    LIES = "lies"  # Django believes something untrue: a later migration does the wrong thing
    COSMETIC = "cosmetic"  # names, comments
    UNSURE = "not compared"  # no difference was found, and no proof that there is none; only for who asks for it


@dataclass(frozen=True, slots=True)
class Difference:
    """One claim that does not hold."""

    kind: str  # the check that found it: `column_missing`, `type_differs`, ...
    severity: Severity
    table: str  # as the database spells it, `schema.table`
    place: str  # column, constraint or index name; "" for the table itself
    model: str  # what the model or recorded state says
    database: str  # what the database says
    remedy: str
