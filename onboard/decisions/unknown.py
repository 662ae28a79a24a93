"""Catalog -> what Django will not know of the database, however good the models are: one line each, for the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from onboard.catalog.structure import Catalog, Column, ColumnType, ForeignKey, Table, TableName, TypeKind, UserType

_DJANGO_EXCLUDES = ("gist", "spgist")  # the methods that ExclusionConstraint takes
_PACKAGES = {
    **dict.fromkeys(("geometry", "geography", "raster"), "PostGIS: `django.contrib.gis` has fields for it"),
    **dict.fromkeys(("vector", "halfvec", "sparsevec"), "pgvector: the package `pgvector` has fields for it"),
}


_DATES = ("date", "timestamp", "timestamptz")


@dataclass(frozen=True, slots=True)
class Unknown:
    """One thing that is there and that Django knows nothing of."""

    kind: str  # "trigger", "rule", "row security", ...
    place: TableName  # a table, or a sequence
    columns: tuple[str, ...]  # empty where it is about all of it
    sentence: str


def unknown_to_django(catalog: Catalog) -> tuple[Unknown, ...]:
    """Return what Django will not know, by kind and place."""
    types = {type_.name: type_ for type_ in catalog.types}
    found = [one for table in catalog.tables for one in (*_of_table(table), *_of_columns(table, types))]
    found += _shared_sequences(catalog)
    return tuple(sorted(found, key=lambda one: (one.kind, one.place, one.columns)))


def _of_table(table: Table) -> Iterator[Unknown]:
    for kind, sentence in _sentences(table):
        yield Unknown(kind, table.name, (), sentence)


def _sentences(table: Table) -> Iterator[tuple[str, str]]:
    if table.triggers:
        yield "trigger", _names(table.triggers)
    if table.rules:
        yield "rule", _names(table.rules)
    if table.policies or table.has_row_security:
        yield "row security", _names(table.policies) or "is on, without policies"
    if table.partition_key is not None:
        yield "partitions", f"by {table.partition_key}, {len(table.partitions)} partitions"
    if table.parents:
        yield "inheritance", f"inherits from {_names(str(parent) for parent in table.parents)}"
    if not table.is_readable:
        yield "grant", "the scanning role may not read its rows"
    for exclusion in table.exclusions:
        if exclusion.method not in _DJANGO_EXCLUDES:
            yield "exclusion", f"{exclusion.name}: checked by the database alone"
    for index in table.indexes:
        if not index.is_valid:
            yield "invalid index", f"{index.name} is not valid and is not used"
    for key in _second_keys(table):
        columns = ", ".join(key.columns)
        yield "second reference", f"{columns} refers to {key.references} too ({key.name}): a field refers to one table"
    for key in table.foreign_keys:
        if not key.is_valid:
            yield "not validated", f"{key.name} does not hold for rows that were there before it"


def _second_keys(table: Table) -> Iterator[ForeignKey]:
    """Yield the foreign keys of one column beside the one that a field can have: a valid one first, then by table."""
    first: dict[tuple[str, ...], ForeignKey] = {}
    for key in sorted(table.foreign_keys, key=lambda key: (not key.is_valid, key.references, key.name)):
        if len(key.columns) == 1 and first.setdefault(key.columns, key).references != key.references:
            yield key


def _of_columns(table: Table, types: Mapping[TableName, UserType]) -> Iterator[Unknown]:
    for column in table.columns:
        for kind, sentence in _of_column(column, types):
            yield Unknown(kind, table.name, (column.name,), sentence)


def _of_column(column: Column, types: Mapping[TableName, UserType]) -> Iterator[tuple[str, str]]:
    if column.type.name in _DATES and "infinity'" in (column.default or ""):
        yield "infinity", "its default is a date that Python does not have: rows that hold it cannot be read"
    for type_ in _stands_on(column.type):
        if type_.kind is TypeKind.COMPOSITE:
            yield "composite type", f"{type_.sql}: read and written as text"
        elif type_.kind is TypeKind.BASE and type_.schema != "pg_catalog" and type_.name in _PACKAGES:
            yield "type of a package", f"{type_.sql}: read and written as text; {_PACKAGES[type_.name]}"
        elif type_.kind is TypeKind.DOMAIN:
            domain = types.get(TableName(type_.schema, type_.name))
            checks = domain.checks if domain is not None else ()
            if checks:
                rules = "; ".join(check.expression for check in checks)
                yield "domain", f"{type_.sql}: checked by the database alone: {rules}"


def _stands_on(type_: ColumnType | None) -> Iterator[ColumnType]:
    while type_ is not None:
        yield type_
        type_ = type_.element or type_.base


def _shared_sequences(catalog: Catalog) -> Iterator[Unknown]:
    drawn: Counter[TableName] = Counter()
    for table in catalog.tables:
        drawn.update(column.sequence for column in table.columns if column.sequence is not None)
    for sequence, count in drawn.items():
        if count > 1:
            yield Unknown("shared sequence", sequence, (), f"{count} columns draw from it")


def _names(names: Iterable[str]) -> str:
    return ", ".join(names)
