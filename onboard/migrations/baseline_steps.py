"""BaselineRecord -> the statements of each migration that makes tables: what these need, less what is there by then.

A foreign key between tables of two migrations is made by the later one, and so is a function or type that needs a
table of a later one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onboard.catalog.structure import Catalog, ForeignKey, Function, Table, TableName, UserType
from onboard.migrations.baseline_record import BaselineRecord
from onboard.migrations.ddl.functions import function_needs
from onboard.migrations.ddl.rebuild import rebuild
from onboard.migrations.ddl.statements import NotMade, Statements, TableStatements
from onboard.migrations.ddl.types import type_needs


def step_statements(record: BaselineRecord) -> Iterator[tuple[str, Catalog, Statements]]:
    """Yield each migration that makes tables with the Catalog up to it and the statements that it adds, in order."""
    steps = {entry.table: entry.step for entry in record.entries}
    frozen = {entry.table for entry in record.entries if entry.is_frozen}
    whole, not_made = _without_lost_keys(record.catalog, frozen)
    done: set[str] = set()
    for step in record.steps:
        later = {name for name, own in steps.items() if own > step}
        catalog = _up_to(whole, later) if later else whole
        found = rebuild(catalog)
        own = {name for name, at in steps.items() if at == step}
        if step != record.steps[0]:
            found = _added(found, own, done)
        yield step, catalog, replace(found, not_made=(*found.not_made, *(one for one in not_made if one.name in own)))
        done.update(_preamble(found))


def _without_lost_keys(catalog: Catalog, frozen: set[TableName]) -> tuple[Catalog, list[NotMade]]:
    """Leave out foreign keys to columns that a table which keeps its shape does not have as a key."""
    tables = {table.name: table for table in catalog.tables}
    chosen, lost = [], []
    for table in catalog.tables:
        kept = []
        for key in table.foreign_keys:
            target = tables.get(key.references)
            if target is None or target.name not in frozen or _is_key(target, key):
                kept.append(key)
            else:
                what = f"foreign key {key.name} of"
                lost.append(NotMade(table.name, what, "later migrations make what it refers to"))
        is_whole = len(kept) == len(table.foreign_keys)
        chosen.append(table if is_whole else replace(table, foreign_keys=tuple(kept)))
    return replace(catalog, tables=tuple(chosen)), lost


def _is_key(table: Table, key: ForeignKey) -> bool:
    keys = [one.columns for one in (*((table.primary_key,) if table.primary_key else ()), *table.uniques)]
    indexed = [index.columns for index in table.indexes if index.is_unique and index.is_plain]
    return any(set(key.referenced_columns) == set(columns) for columns in (*keys, *indexed))


def _up_to(catalog: Catalog, later: set[TableName]) -> Catalog:
    """Return the Catalog without these tables, the foreign keys to them, and the types and functions that need them."""
    things: tuple[UserType | Function, ...] = (*catalog.types, *catalog.functions)
    needs = {one.name: type_needs(one) if isinstance(one, UserType) else function_needs(one) for one in things}
    out: set[TableName] = set()
    while more := {name for name, wanted in needs.items() if name not in out and wanted & (later | out)}:
        out |= more
    return replace(
        catalog,
        tables=tuple(_without_keys_to(table, later) for table in catalog.tables if table.name not in later),
        types=tuple(one for one in catalog.types if one.name not in out),
        functions=tuple(one for one in catalog.functions if one.name not in out),
        sequences=tuple(one for one in catalog.sequences if not one.owned_by or one.owned_by[0] not in later),
    )


def _without_keys_to(table: Table, later: set[TableName]) -> Table:
    if not any(key.references in later for key in table.foreign_keys):
        return table
    return replace(table, foreign_keys=tuple(key for key in table.foreign_keys if key.references not in later))


def _added(found: Statements, own: set[TableName], done: set[str]) -> Statements:
    """Return what one step adds to what the steps before it have made."""
    waiting: list[str] = []
    tables: list[TableStatements] = []
    foreign_keys: list[tuple[TableName, TableName, str]] = []
    for table in found.tables:
        waiting += [text for text in table.create[:-1] if text not in done]
        if table.name in own:
            tables.append(replace(table, create=(*waiting, table.create[-1])))
            waiting = []
        else:
            foreign_keys += [(table.name, target, text) for target, text in table.foreign_keys if target in own]
    return replace(
        found,
        optional=tuple(text for text in found.optional if text not in done),
        before=tuple(text for text in found.before if text not in done),
        tables=tuple(tables),
        between=(*waiting, *(text for text in found.between if text not in done)),
        views=tuple(view for view in found.views if view.name in own),
        foreign_keys=tuple(foreign_keys),
        not_made=tuple(one for one in found.not_made if one.name in own),
    )


def _preamble(found: Statements) -> Iterator[str]:
    yield from found.optional
    yield from found.before
    yield from found.between
    for table in found.tables:
        yield from table.create[:-1]
