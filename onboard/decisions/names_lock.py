""".onboard/names.json: every name once given, so that none flips because a table or a column came.

The lock of a table or column that is gone is kept as long as its names are free, so that a table which is left out of
one scan has its old names in the next.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from onboard.catalog.structure import TableName
from onboard.decisions.decisions import Decisions, ManyToManyDecision, TableDecision
from onboard.errors import BadInput

FORMAT = "onboard-names/1"


@dataclass(frozen=True, slots=True)
class LockedTable:
    """The names one table and what hangs on it were given."""

    model: str
    module: str
    fields: tuple[tuple[str, str], ...] = ()  # plain columns: (column, field)
    relations: tuple[tuple[tuple[str, ...], TableName, str, str | None], ...] = ()  # columns, parent, field, way back
    many_to_many: tuple[ManyToManyDecision, ...] = ()


@dataclass(frozen=True, slots=True)
class NamesLock:
    """All names once given; empty before the first `generate`."""

    tables: Mapping[TableName, LockedTable] = field(default_factory=lambda: MappingProxyType({}))
    enum_classes: Mapping[TableName, str] = field(default_factory=lambda: MappingProxyType({}))


def read_lock(text: str | None) -> NamesLock:
    """Return the lock that a file holds, an empty one where there is no file; BadInput where it is not ours."""
    if text is None:
        return NamesLock()
    try:
        return _parsed(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            "The names lock is not one that onboard wrote.",
            where=".onboard/names.json",
            remedy="Restore it from version control, or delete it to have every name given anew.",
        ) from error


def lock_text(lock: NamesLock) -> str:
    """Return the lock as canonical JSON: sorted, one line a name, ends in a newline."""
    document = {
        "format": FORMAT,
        "tables": [_table_document(name, table) for name, table in sorted(lock.tables.items())],
        "enums": [[name.schema, name.name, own] for name, own in sorted(lock.enum_classes.items())],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def locked(decisions: Decisions, previous: NamesLock) -> NamesLock:
    """Return the lock after these decisions; absent tables and columns keep their old names while those are free."""
    current = {table.table: _locked_table(table) for table in decisions.tables}
    models = {table.model.lower() for table in current.values()}
    modules = {table.module.lower() for table in current.values()}
    for name, old in sorted(previous.tables.items()):
        if name in current:
            current[name] = _with_absent(current[name], old)
        elif old.model.lower() not in models and old.module.lower() not in modules:
            current[name] = old
            models.add(old.model.lower())
            modules.add(old.module.lower())
    enums = dict(decisions.enum_classes)
    used = models | {name.lower() for name in enums.values()}
    for name, own in sorted(previous.enum_classes.items()):
        if name not in enums and own.lower() not in used:
            enums[name] = own
    return NamesLock(dict(sorted(current.items())), dict(sorted(enums.items())))


def _locked_table(table: TableDecision) -> LockedTable:
    single = {relation.columns[0] for relation in table.relations if len(relation.columns) == 1}
    return LockedTable(
        table.model,
        table.module,
        tuple((column, field) for column, field in sorted(table.fields) if column not in single),
        tuple(
            sorted(
                (relation.columns, relation.references, relation.field, relation.related_name)
                for relation in table.relations
            )
        ),
        table.many_to_many,
    )


def _with_absent(current: LockedTable, old: LockedTable) -> LockedTable:
    """Return the table's lock with the old names of columns and relations that are not there now."""
    used = {field.lower() for _, field in current.fields}
    for _, _, name, _ in current.relations:
        used |= {name.lower(), f"{name.lower()}_id"}
    now = {column for column, _ in current.fields}
    fields = [(column, name) for column, name in old.fields if column not in now and name.lower() not in used]
    there = {columns for columns, *_ in current.relations}
    relations = [relation for relation in old.relations if relation[0] not in there and relation[2].lower() not in used]
    return LockedTable(
        current.model,
        current.module,
        tuple(sorted((*current.fields, *fields))),
        tuple(sorted((*current.relations, *relations), key=lambda relation: relation[:3])),
        current.many_to_many,
    )


def _table_document(name: TableName, table: LockedTable) -> dict[str, object]:
    return {
        "schema": name.schema,
        "table": name.name,
        "model": table.model,
        "module": table.module,
        "fields": dict(table.fields),
        "relations": [
            {
                "columns": list(columns),
                "references": [parent.schema, parent.name],
                "field": field,
                "related_name": related_name,
            }
            for columns, parent, field, related_name in table.relations
        ],
        **({"many_to_many": [_join_document(one) for one in table.many_to_many]} if table.many_to_many else {}),
    }


def _join_document(one: ManyToManyDecision) -> dict[str, object]:
    return {
        "field": one.field,
        "through": [one.through.schema, one.through.name],
        "target": [one.target.schema, one.target.name],
        "related_name": one.related_name,
    }


def _parsed(document: object) -> NamesLock:
    if not isinstance(document, dict) or document["format"] != FORMAT:
        raise ValueError("another format")
    tables = {
        TableName(str(table["schema"]), str(table["table"])): LockedTable(
            str(table["model"]),
            str(table["module"]),
            tuple((str(column), str(field)) for column, field in table["fields"].items()),
            tuple(_parsed_relation(relation) for relation in table["relations"]),
            tuple(_parsed_join(one) for one in table.get("many_to_many", ())),
        )
        for table in document["tables"]
    }
    return NamesLock(tables, {TableName(str(schema), str(name)): str(own) for schema, name, own in document["enums"]})


def _parsed_relation(relation: dict[str, object]) -> tuple[tuple[str, ...], TableName, str, str | None]:
    columns, references, related_name = relation["columns"], relation["references"], relation["related_name"]
    if not isinstance(columns, list) or not isinstance(references, list):
        raise TypeError("not a relation")
    schema, name = references
    return (
        tuple(str(column) for column in columns),
        TableName(str(schema), str(name)),
        str(relation["field"]),
        None if related_name is None else str(related_name),
    )


def _parsed_join(one: dict[str, object]) -> ManyToManyDecision:
    through, target = one["through"], one["target"]
    if not isinstance(through, list) or not isinstance(target, list):
        raise TypeError("not a join")
    (schema, name), (other_schema, other) = through, target
    return ManyToManyDecision(
        str(one["field"]),
        TableName(str(schema), str(name)),
        TableName(str(other_schema), str(other)),
        str(one["related_name"]),
    )
