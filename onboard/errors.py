"""The situations onboard refuses to go on in: a problem, where it is, and what to do next.

Knows nothing of exit codes or terminals: `cli` turns a family of errors into an exit code.
Names inside the three parts are written in backticks.
"""

from __future__ import annotations


class OnboardError(Exception):
    """A situation worded for a person: what is wrong, where, and the next move."""

    def __init__(self, problem: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        parts = (self.problem, self.where and f"({self.where})", self.remedy)
        return " ".join(part for part in parts if part)


class BadInput(OnboardError):
    """What the person gave cannot be used: an option, a DSN kind, a name, a file (exit 2)."""


class Refused(OnboardError):
    """The proof failed: a difference, drift or unmet condition was found and is reported (exit 1)."""


class NothingDone(OnboardError):
    """The outside world did not let us begin: no host, no database, no rights (exit 4)."""
