"""Names of indexes and constraints as the models give them: the database's own, unless Django refuses them.

Django wants the names of all indexes of all models to be different, likewise of all constraints (models.E029 to
E032), while PostgreSQL wants that only of indexes of one schema and of constraints of one table. It also refuses an
index name that begins with an underscore or a digit (models.E033), and takes `%` in any name for a placeholder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onboard.catalog.structure import Table, TableName


@dataclass(frozen=True, slots=True)
class GivenNames:
    """(table, name in the database) -> name in the model."""

    indexes: Mapping[tuple[TableName, str], str]
    constraints: Mapping[tuple[TableName, str], str]


def given_names(tables: Iterable[Table]) -> GivenNames:
    """Settle the names of all indexes and constraints; a name keeps to the first table that has it."""
    indexes: dict[tuple[TableName, str], str] = {}
    constraints: dict[tuple[TableName, str], str] = {}
    taken_by_indexes: set[str] = set()
    taken_by_constraints: set[str] = set()
    for table in tables:
        for index in table.indexes:
            indexes[table.name, index.name] = _free(_formed(_plain(index.name)), table, taken_by_indexes)
            constraints[table.name, index.name] = _free(_plain(index.name), table, taken_by_constraints)
        for name in _constraint_names(table):
            constraints[table.name, name] = _free(_plain(name), table, taken_by_constraints)
    return GivenNames(indexes, constraints)


def _constraint_names(table: Table) -> list[str]:
    known = {index.name for index in table.indexes}
    names = [*(key.name for key in table.uniques), *(check.name for check in table.checks)]
    names += [*(exclusion.name for exclusion in table.exclusions), *(key.name for key in table.foreign_keys)]
    return [name for name in names if name and name not in known]


def _plain(name: str) -> str:
    return name.replace("%", "_")


def _formed(name: str) -> str:
    stripped = name.lstrip("_")
    return f"i_{stripped}" if not stripped or stripped[0].isdigit() else stripped


def _free(name: str, table: Table, taken: set[str]) -> str:
    candidate, number = name, 1
    while candidate.lower() in taken:
        suffix = f"_{table.name.name}" if number == 1 else f"_{table.name.name}_{number}"
        candidate, number = (
            name[: 63 - len(suffix)] + suffix if len(suffix) < 40 else f"{name[:50]}_{number}",
            number + 1,
        )
    taken.add(candidate.lower())
    return candidate
