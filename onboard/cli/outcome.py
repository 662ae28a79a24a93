"""What a command returns when the whole of it was not simply done; None means it was.

`boundary` turns these into exit codes. A command prints its results itself; what was left out is printed here once.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DoneInPart:
    """The work was done except for what is named: one line each, `what: why` (exit 3)."""

    left_out: tuple[str, ...]  # never empty


@dataclass(frozen=True, slots=True)
class Found:
    """Differences, drift or refusals were found and have been printed (exit 1)."""

    summary: str = ""  # a last line for stderr, such as "3 files would change"


Outcome = DoneInPart | Found | None
