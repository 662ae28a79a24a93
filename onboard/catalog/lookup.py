"""A Catalog -> mappings by name, built once by whoever looks up more than a few names."""

from __future__ import annotations

from collections.abc import Mapping

from onboard.catalog.structure import Catalog, Column, Sequence, Table, TableName, UserType


def by_name(catalog: Catalog) -> Mapping[TableName, Table]:
    """Return the catalogue's tables by name."""
    return {table.name: table for table in catalog.tables}


def types_by_name(catalog: Catalog) -> Mapping[TableName, UserType]:
    """Return the catalogue's user types by name."""
    return {type_.name: type_ for type_ in catalog.types}


def sequences_by_name(catalog: Catalog) -> Mapping[TableName, Sequence]:
    """Return the catalogue's sequences by name."""
    return {sequence.name: sequence for sequence in catalog.sequences}


def columns_by_name(table: Table) -> Mapping[str, Column]:
    """Return the table's columns by name, in table order."""
    return {column.name: column for column in table.columns}
