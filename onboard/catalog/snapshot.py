"""What one scan of the structure gives: the Catalog, and the estimates that are kept apart from it."""

from __future__ import annotations

from dataclasses import dataclass

from onboard.catalog.structure import Catalog, Table, TableName


@dataclass(frozen=True, slots=True)
class Selection:
    """Which relations a scan looks at. Globs match `table` or `schema.table`, case-sensitively."""

    schemas: tuple[str, ...] = ()  # empty: those of the search path
    tables: tuple[str, ...] = ()  # empty: all
    exclude: tuple[str, ...] = ()
    views: bool = False
    partitions: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The structure at one instant, with the server's own estimates of rows per table."""

    catalog: Catalog
    row_estimates: tuple[tuple[TableName, int], ...] = ()  # by name; -1 or absent: never analysed
    views: tuple[Table, ...] = ()  # by name: views nobody asked for, no more than their definitions, as evidence
    passed_over: tuple[str, ...] = ()  # schemas with tables that were not scanned, by name
