"""What a check is: one claim of a model, held against the table it means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from onboard.catalog.structure import Column, Table, TableName
from onboard.verify.claims import ClaimedTable
from onboard.verify.differences import Difference, Severity
from onboard.verify.expression_truth import Reading
from onboard.verify.expressions import Agreement, compared, is_alike


@dataclass(frozen=True, slots=True)
class Held:
    """A model's claims beside the table as it is."""

    engine: str
    claimed: ClaimedTable
    table: Table
    columns: Mapping[str, Column]
    keys: frozenset[tuple[TableName, frozenset[str]]]  # of all tables: what a relation of Django's may point at
    shared_names: frozenset[str]  # of indexes and constraints: on several tables, so that a model may need another

    def compares(self, claimed: str, actual: str, reading: Reading = Reading.VALUE) -> Agreement:
        """Hold one expression over this table's columns against another."""
        return compared(claimed, actual, self.columns, reading=reading)

    def may_be_same(self, claimed: str, actual: str, reading: Reading = Reading.VALUE) -> bool:
        """Whether nothing shows that the two expressions part."""
        return self.compares(claimed, actual, reading) is not Agreement.DIFFERENT

    def is_alike(self, claimed: str, actual: str, reading: Reading) -> bool:
        """Whether the expressions are the same although their names are not."""
        return is_alike(claimed, actual, self.columns, reading=reading)

    def differs(
        self, kind: str, severity: Severity, place: str, *, model: str, database: str, remedy: str
    ) -> Difference:
        """Return a difference at a place of this table."""
        return Difference(kind, severity, str(self.table.name), place, model, database, remedy)


@dataclass(frozen=True, slots=True)
class Check:
    """One check; `kinds` are the differences it may find, for the documentation."""

    kinds: tuple[str, ...]
    find: Callable[[Held], Iterable[Difference]]
