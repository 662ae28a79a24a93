"""What the baseline of an app was written from: every table as its statements make it, and the migration that does.

`generate` refreshes it with each scan: a table that is not Django's yet follows the database, one that was ever
promoted stays as it was then, because its later changes are migrations, which run on an empty database too.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from onboard.catalog.canonical import from_json, to_json
from onboard.catalog.ddl import Ddl, ddl_from_json, ddl_to_json
from onboard.catalog.ddl import kept as kept_ddl
from onboard.catalog.structure import Catalog, Function, Sequence, Table, TableName, UserType
from onboard.errors import BadInput

FIRST = "0001_initial"
_FORMAT = "onboard-baseline/1"

Named = TypeVar("Named", bound=UserType | Sequence | Function)


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of the baseline."""

    table: TableName
    model: str  # the class as `step` records it; "" for a table without a model
    step: str  # the migration that makes it where it is absent
    is_frozen: bool = False  # it was promoted once


@dataclass(frozen=True, slots=True)
class BaselineRecord:
    """All tables of the baseline, in the shapes that an empty database gets."""

    entries: tuple[Entry, ...]  # by table
    catalog: Catalog
    steps: tuple[str, ...] = (FIRST,)  # in their order; also those whose tables are all gone: they have a module
    ddl: Ddl | None = None  # the database's own DDL, where an empty one is made from that

    @property
    def tables(self) -> frozenset[TableName]:
        """The tables, and the views, that are made."""
        return frozenset(entry.table for entry in self.entries)


def first_record(catalog: Catalog, models: Mapping[TableName, str], ddl: Ddl | None = None) -> BaselineRecord:
    """Return the record of a baseline whose tables are all made by the first migration."""
    entries = tuple(Entry(one.name, models.get(one.name, ""), FIRST) for one in catalog.tables)
    return BaselineRecord(entries, catalog, ddl=ddl)


def followed(
    record: BaselineRecord,
    catalog: Catalog,
    models: Mapping[TableName, str],
    *,
    promoted: Collection[str],
    step: str,
    ddl: Ddl | None = None,
) -> BaselineRecord:
    """Return the record after another scan: `step` makes what is new, models in `promoted` keep their shape.

    `promoted` are names of classes in lower case, as states are keyed.
    """
    known = {entry.table: _frozen(entry, promoted) for entry in record.entries}
    old = {table.name: table for table in record.catalog.tables}
    now = {table.name: table for table in catalog.tables}
    kept = {name: old[name] for name, entry in known.items() if entry.is_frozen and name in old}
    tables = {**now, **kept}
    entries = {name: known.get(name) or Entry(name, models.get(name, ""), step) for name in tables}
    for view in (table for table in tables.values() if table.is_view):
        later = [entries[name].step for name in view.depends_on if name in entries]
        entries[view.name] = replace(entries[view.name], step=max([entries[view.name].step, *later]))
    shape = replace(
        catalog,
        tables=tuple(tables[name] for name in sorted(tables)),
        types=_joined(catalog.types, record.catalog.types if kept else ()),
        functions=_joined(catalog.functions, record.catalog.functions if kept else ()),
        sequences=tuple(_sequences(record.catalog, catalog, kept)),
    )
    steps = tuple(sorted({*record.steps, *(entry.step for entry in entries.values())}))
    if ddl is not None and kept:
        # Without the words of then, the words of now would say what later migrations are about to do.
        ddl = kept_ddl(record.ddl, ddl, kept) if record.ddl else None
    return BaselineRecord(tuple(entries[name] for name in sorted(entries)), shape, steps, ddl)


def reshaped(record: BaselineRecord, catalog: Catalog, tables: Collection[TableName]) -> BaselineRecord:
    """Return the record in which these tables have the shape of the catalogue, but those that were promoted before.

    A promotion proves a table to be what its model says now, and from then on it keeps this shape.
    """
    now = {table.name: table for table in catalog.tables}
    wanted = {one.table for one in record.entries if not one.is_frozen and one.table in tables and one.table in now}
    old = {table.name: table for table in record.catalog.tables}
    if all(old.get(name) == now[name] for name in wanted):
        return record
    needed = [one for one in catalog.sequences if _is_of(one, wanted, now)]
    known = {one.name for one in needed}
    kept = [one for one in record.catalog.sequences if one.name not in known and _owner(one) not in wanted]
    shape = replace(
        record.catalog,
        tables=tuple(now[name] if name in wanted else table for name, table in old.items()),
        types=_joined(catalog.types, record.catalog.types),
        functions=_joined(catalog.functions, record.catalog.functions),
        sequences=tuple(sorted((*kept, *needed), key=lambda one: one.name)),
    )
    return replace(record, catalog=shape)


def _is_of(sequence: Sequence, tables: Collection[TableName], now: Mapping[TableName, Table]) -> bool:
    drawn = {column.sequence for name in tables for column in now[name].columns}
    return _owner(sequence) in tables or sequence.name in drawn


def record_text(record: BaselineRecord) -> str:
    """Return the text of the record's file."""
    entries = [
        json.dumps([one.table.schema, one.table.name, one.model, one.step, one.is_frozen], ensure_ascii=False)
        for one in record.entries
    ]
    lines, steps = ",\n".join(entries), json.dumps(record.steps)
    catalog = to_json(record.catalog).rstrip()
    ddl = f',\n"ddl": {ddl_to_json(record.ddl).rstrip()}' if record.ddl else ""
    return f'{{"format": "{_FORMAT}",\n"steps": {steps},\n"tables": [\n{lines}\n],\n"catalog": {catalog}{ddl}\n}}\n'


def read_record(text: str, *, where: str) -> BaselineRecord:
    """Return the record; BadInput where the text is not one."""
    try:
        document = json.loads(text)
        if document["format"] != _FORMAT:
            raise ValueError(document["format"])
        entries = tuple(
            Entry(TableName(str(schema), str(name)), str(model), str(step), bool(is_frozen))
            for schema, name, model, step, is_frozen in document["tables"]
        )
        catalog, steps = from_json(json.dumps(document["catalog"])), document["steps"]
        ddl = ddl_from_json(json.dumps(document["ddl"]), where=where) if "ddl" in document else None
    except (ValueError, TypeError, KeyError) as error:
        raise BadInput(
            "The record of a baseline is not readable.", where=where, remedy="Take it from version control."
        ) from error
    return BaselineRecord(entries, catalog, tuple(map(str, steps)), ddl)


def _frozen(entry: Entry, promoted: Collection[str]) -> Entry:
    return replace(entry, is_frozen=True) if entry.model and entry.model.lower() in promoted else entry


def _joined(now: tuple[Named, ...], old: tuple[Named, ...]) -> tuple[Named, ...]:
    """Return what is there now, and what only tables that keep their shape may still need; by name."""
    names = {one.name for one in now}
    found: list[Named] = [*now, *(one for one in old if one.name not in names)]
    return tuple(sorted(found, key=lambda one: one.name))


def _sequences(old: Catalog, now: Catalog, kept: Mapping[TableName, Table]) -> Iterator[Sequence]:
    """Yield the sequences of tables that keep their shape as they were, the others as they are; by name."""
    drawn = {column.sequence for table in kept.values() for column in table.columns}
    before = {one.name: one for one in old.sequences if _owner(one) in kept or one.name in drawn}
    after = {one.name: one for one in now.sequences if _owner(one) not in kept}
    found: Iterable[Sequence] = {**after, **before}.values()
    yield from sorted(found, key=lambda one: one.name)


def _owner(sequence: Sequence) -> TableName | None:
    return sequence.owned_by[0] if sequence.owned_by else None
