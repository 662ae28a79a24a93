"""What a gap is: one thing the database lacks of what its model could promise, and the steps that close it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.migrations.operations.base import Operation

from onboard.catalog.structure import TableName
from onboard.merge.field_arguments import Edit
from onboard.migrations.tighten.scene import Scene


@dataclass(frozen=True, slots=True)
class Step:
    """One migration."""

    name: str  # for the migration's name: plain words
    title: str  # one sentence
    lock: str  # what it locks, and for how long
    operations: tuple[Operation, ...]
    edits: tuple[Edit, ...] = ()  # of the models' source


@dataclass(frozen=True, slots=True)
class Question:
    """What rows may hold that stands against closing the gap."""

    what: str  # "orphans", "duplicates", "NULLs"
    count: str  # SQL
    show: str  # SQL


@dataclass(frozen=True, slots=True)
class Orphans:
    """What can be done about rows that refer to nothing, other than to refuse."""

    null: Step | str  # a Step, or why it cannot be taken
    delete: Step | str
    keep: str = ""  # why they cannot stay, or nothing


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap; with a hindrance it cannot be closed, whatever the rows hold."""

    kind: str
    table: TableName
    sentence: str
    steps: tuple[Step, ...] = ()
    questions: tuple[Question, ...] = ()
    hindrance: str = ""
    references: TableName | None = None  # of a foreign key: the table whose key it needs
    orphans: Orphans | None = None  # of a foreign key
    validation: Step | None = None  # of a foreign key: the last step, after orphans are set aside


@dataclass(frozen=True, slots=True)
class GapKind:
    """One kind of gap; `rank` is its place among the migrations, keys first."""

    rank: int
    find: Callable[[Scene, TableName], Iterable[Gap]]
    is_before_promotion: bool = False  # whether it is closed before the table becomes Django's
