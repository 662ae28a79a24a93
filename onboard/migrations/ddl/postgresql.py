"""Catalog -> Statements for PostgreSQL 13 to 18: everything under its own name, nothing that the tables do not need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from onboard.catalog.structure import Catalog, Function, Sequence, Table, TableKind, TableName, UserType
from onboard.migrations.ddl.comments import foreign_key_comment
from onboard.migrations.ddl.constraints import foreign_key_statement
from onboard.migrations.ddl.functions import function_needs, function_statement
from onboard.migrations.ddl.order import needs_first
from onboard.migrations.ddl.partitions import partition_statements
from onboard.migrations.ddl.programs import programs_not_made
from onboard.migrations.ddl.schemas import extension_statements, schema_statements
from onboard.migrations.ddl.sequences import sequence_statement
from onboard.migrations.ddl.statements import NotMade, Statements, TableStatements
from onboard.migrations.ddl.tables import Surroundings, finishing_statements, table_needs, table_statement
from onboard.migrations.ddl.types import type_needs, type_statements
from onboard.migrations.ddl.views import view_statements

Thing = UserType | Function | Table


def postgresql_statements(catalog: Catalog) -> Statements:
    """Return the statements that rebuild the Catalog on an empty PostgreSQL, rows and their owners left out."""
    tables = [table for table in catalog.tables if not table.is_view and table.kind is not TableKind.FOREIGN]
    around = _surroundings(catalog, tables)
    before, makers, between = _creation(catalog, tables, around)
    return Statements(
        optional=(*schema_statements(catalog), *extension_statements(catalog)),
        before=(*(sequence_statement(one) for one in catalog.sequences if not one.is_identity), *before),
        tables=tuple(
            TableStatements(
                table.name,
                create=create,
                finish=tuple(finishing_statements(table, around)),
                foreign_keys=tuple(_foreign_keys(table)),
                partitions=tuple(partition_statements(table, around.tables)),
            )
            for table, create in makers
        ),
        between=between,
        views=view_statements(catalog),
        not_made=tuple(_not_made(catalog)),
    )


def _foreign_keys(table: Table) -> Iterator[tuple[TableName, str]]:
    for key in table.foreign_keys:
        for text in (foreign_key_statement(table, key), *foreign_key_comment(table, key)):
            yield key.references, text


def _surroundings(catalog: Catalog, tables: list[Table]) -> Surroundings:
    owned: dict[TableName, list[Sequence]] = defaultdict(list)
    for sequence in catalog.sequences:
        if sequence.owned_by and not sequence.is_identity:
            owned[sequence.owned_by[0]].append(sequence)
    return Surroundings(
        tables=frozenset(table.name for table in tables),
        late=_late(catalog, {table.name for table in tables}),
        identities={one.owned_by: one for one in catalog.sequences if one.owned_by and one.is_identity},
        owned=owned,
    )


def _late(catalog: Catalog, late: set[TableName]) -> set[TableName]:
    """Return the functions that need a table, through other functions and types too."""
    needs = {function.name: function_needs(function) for function in catalog.functions}
    if not needs:
        return set()
    needs.update({type_.name: type_needs(type_) for type_ in catalog.types})
    found: set[TableName] = set()
    while more := {name for name, wanted in needs.items() if name not in found and wanted & (late | found)}:
        found |= more
    return found & {function.name for function in catalog.functions}


def _creation(
    catalog: Catalog, tables: list[Table], around: Surroundings
) -> tuple[tuple[str, ...], list[tuple[Table, tuple[str, ...]]], tuple[str, ...]]:
    """Return what comes before all tables, each table with what it is the first to need, and what comes after."""
    things: tuple[Thing, ...] = (*catalog.types, *catalog.functions, *tables)
    before: tuple[str, ...] = ()
    waiting: list[str] = []
    makers: list[tuple[Table, tuple[str, ...]]] = []
    for thing in _ordered(things, around):
        if not isinstance(thing, Table):
            waiting += type_statements(thing) if isinstance(thing, UserType) else (function_statement(thing),)
            continue
        if not makers:
            before, waiting = tuple(waiting), []
        makers.append((thing, (*waiting, table_statement(thing, around))))
        waiting = []
    return (before, makers, tuple(waiting)) if makers else (tuple(waiting), [], ())


def _ordered(things: tuple[Thing, ...], around: Surroundings) -> tuple[Thing, ...]:
    places: dict[TableName, list[int]] = defaultdict(list)  # overloaded functions share a name
    for place, thing in enumerate(things):
        places[thing.name].append(place)
    needs = {place: _places(_needs(thing, around), places) for place, thing in enumerate(things)}
    return tuple(things[place] for place in needs_first(range(len(things)), needs))


def _needs(thing: Thing, around: Surroundings) -> set[TableName]:
    if isinstance(thing, Table):
        return table_needs(thing, around)
    return type_needs(thing) if isinstance(thing, UserType) else function_needs(thing)


def _places(names: Iterable[TableName], places: Mapping[TableName, list[int]]) -> list[int]:
    return [place for name in names for place in places.get(name, ())]


def _not_made(catalog: Catalog) -> Iterator[NotMade]:
    for table in catalog.tables:
        if table.kind is TableKind.FOREIGN:
            yield NotMade(table.name, "foreign table", "its server and user mappings are not part of the catalogue")
        for index in table.indexes:
            if not index.is_valid:
                yield NotMade(TableName(table.name.schema, index.name), "index", f"it is invalid on {table.name}")
        yield from programs_not_made(table)
