"""A model's `db_table` -> the table it means in a Catalog.

Plain names are searched as the server searches them, schema by schema in the order given; quoted ones (`"hr"."dept"`)
name their schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onboard.catalog.structure import Catalog, TableName
from onboard.decisions.django_names import database_names


@dataclass(frozen=True, slots=True)
class Located:
    """Where plain table names lead, the first schema winning."""

    plain: Mapping[str, TableName]
    first_schema: str

    def table(self, db_table: str) -> TableName:
        """Return the table that `db_table` means; one that is nowhere is expected in the first schema."""
        *schema, name = database_names(db_table)
        if schema:
            return TableName(schema[0], name)
        return self.plain.get(name) or TableName(self.first_schema, name)


def located(catalog: Catalog, search_path: tuple[str, ...] = ()) -> Located:
    """Return how plain names lead to tables of the catalogue, by the search path, else by its own order of schemas."""
    path = (*search_path, *(schema for schema in catalog.schemas if schema not in search_path))
    rank = {schema: position for position, schema in enumerate(path)}
    ordered = sorted((table.name for table in catalog.tables), key=lambda name: rank.get(name.schema, len(rank)))
    plain: dict[str, TableName] = {}
    for name in ordered:
        plain.setdefault(name.name, name)
    return Located(plain, path[0] if path else "")
