"""The person's word on keys, as inference needs it: final for the key itself, a vote for its stem."""

from __future__ import annotations

from dataclasses import dataclass

from onboard.catalog.structure import TableName


@dataclass(frozen=True, slots=True)
class PrimaryKeyAnswer:
    """The person says that these columns are, or are not, the primary key of the table."""

    table: TableName
    columns: tuple[str, ...]
    use: bool


@dataclass(frozen=True, slots=True)
class ForeignKeyAnswer:
    """The person says that these columns do, or do not, refer to that key."""

    table: TableName
    columns: tuple[str, ...]
    references: TableName
    referenced_columns: tuple[str, ...]
    use: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers; empty where nobody has said anything."""

    primary_keys: tuple[PrimaryKeyAnswer, ...] = ()
    foreign_keys: tuple[ForeignKeyAnswer, ...] = ()
