"""A pass: one rewriting rule in one file of `rules/`, declared as `PASS` and collected, with its examples.

Passes of one phase commute and each is idempotent, so that their order within a phase means nothing; the phases
run in order. A pass that is unsure returns the class as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

from onboard.catalog.structure import Table
from onboard.decisions.decisions import Decisions
from onboard.declared import declared
from onboard.passes.brief import Brief
from onboard.passes.model import ModelClass


class Phase(IntEnum):
    """When a pass runs."""

    TYPES = 1  # every field gets the class its column's type calls for
    KEYS = 2  # primary keys and relations
    COLUMNS = 3  # defaults, comments, collations, choices
    STRUCTURE = 4  # generated columns, uniques, indexes, checks
    NAMES = 5  # fields, columns, tables


@dataclass(frozen=True, slots=True)
class Example:
    """What inspectdb wrote of the first table, and what this pass alone makes of it."""

    tables: tuple[Table, ...]
    before: str
    after: str
    decided: Callable[[Decisions], Decisions] = field(default=lambda decisions: decisions)


@dataclass(frozen=True, slots=True)
class Pass:
    """One rule."""

    summary: str  # one sentence
    phase: Phase
    rewrite: Callable[[ModelClass, Brief], ModelClass]
    examples: tuple[Example, ...] = ()


def all_passes() -> tuple[Pass, ...]:
    """Return every pass, by phase and then by the name of its module."""
    from onboard.passes import rules  # here: the rules import this module

    return tuple(sorted(declared(rules, "PASS", Pass), key=lambda rule: rule.phase))
