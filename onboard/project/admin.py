"""Decisions and Catalog -> `admin.py`, pleasant on tables of a hundred million rows.

Relations are raw ids (no select box with every row), the whole table is never counted, and search touches only
text that an index can find. Views and tables without a key are read-only. A composite key Django's admin refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from onboard.catalog.structure import Catalog, Column, ColumnType, Index, IndexPart, Table, TypeKind
from onboard.decisions.decisions import Decisions, TableDecision
from onboard.passes.source import AppSource
from onboard.project.files import File
from onboard.project.render import render

_SHOWN = 5  # columns of a list, the key aside
_TEXT = frozenset({"text", "varchar", "bpchar", "char", "citext", "name", "character", "character varying", "nvarchar"})
_UNSHOWN = frozenset({"json", "jsonb", "xml", "bytea", "blob", "tsvector", "tsquery", "hstore", "geometry", "vector"})
_LONGEST_SHOWN = 255


@dataclass(frozen=True, slots=True)
class _Admin:
    """One registered model; every text but `model` and `base` is a Python literal."""

    model: str
    base: str
    list_display: tuple[str, ...]
    search_fields: tuple[str, ...]
    raw_id_fields: tuple[str, ...]


def admin_file(source: AppSource, catalog: Catalog, decisions: Decisions) -> File:
    """Return `admin.py` for every model Django's admin accepts; the others are named in a comment."""
    tables = {table.name: table for table in catalog.tables}
    models = {model.table for model in source.models}
    by_model = sorted((one for one in decisions.tables if one.table in models), key=lambda one: one.model)
    admins = [_admin(tables[one.table], one) for one in by_model if not _is_composite(one)]
    text = render(
        "app/admin.py.j2",
        admins=admins,
        composite=[one.model for one in by_model if _is_composite(one)],
        has_read_only=any(one.base == "_ReadOnlyAdmin" for one in admins),
    )
    return File(PurePosixPath(decisions.app, "admin.py"), text)


def _is_composite(decision: TableDecision) -> bool:
    return decision.primary_key is not None and len(decision.primary_key.columns) > 1


def _admin(table: Table, decision: TableDecision) -> _Admin:
    is_read_only = table.is_view or decision.primary_key is None
    relations = [relation.field for relation in decision.relations if len(relation.columns) == 1]
    return _Admin(
        model=decision.model,
        base="_ReadOnlyAdmin" if is_read_only else "_LargeTableAdmin",
        list_display=_literals(_list_display(table, decision, frozenset(relations))),
        search_fields=_literals(_search_fields(table, decision, frozenset(relations))),
        raw_id_fields=() if is_read_only else _literals(sorted(relations)),
    )


def _list_display(table: Table, decision: TableDecision, relations: frozenset[str]) -> list[str]:
    """Return the key and the first columns that are short to read; relations would cost a query a row."""
    key = decision.primary_key.columns if decision.primary_key else ()
    shown = ["pk"]
    for column in table.columns:
        field = decision.field(column.name)
        if column.name not in key and field not in relations and _is_short(column.type):
            shown.append(field)
    return shown[: _SHOWN + 1]


def _search_fields(table: Table, decision: TableDecision, relations: frozenset[str]) -> list[str]:
    found: dict[str, str] = {}
    for index in table.indexes:
        part = index.parts[0]
        if part.column is None or index.predicate is not None or not index.is_valid:
            continue
        column, field = table.column(part.column), decision.field(part.column)
        if field not in relations and _family(column.type) in _TEXT:
            lookup = _lookup(index, part, column)
            if found.get(field, "exact") == "exact":
                found[field] = lookup
    return [f"{field}__{lookup}" for field, lookup in found.items()]


def _lookup(index: Index, part: IndexPart, column: Column) -> str:
    """Return the widest lookup that this index answers."""
    operators = part.operator_class or ""
    if operators.endswith("_trgm_ops"):
        return "icontains"
    collation = (part.collation or column.collation or "").rpartition(".")[2].strip('"')
    if index.method == "btree" and (operators.endswith("_pattern_ops") or collation in ("C", "POSIX")):
        return "startswith"
    return "exact"


def _is_short(type_: ColumnType) -> bool:
    if type_.kind not in (TypeKind.BASE, TypeKind.ENUM, TypeKind.DOMAIN):
        return False
    family = _family(type_)
    if family in _UNSHOWN or (type_.schema not in ("", "pg_catalog") and type_.kind is TypeKind.BASE):
        return family == "citext"
    return type_.max_length is None or type_.max_length <= _LONGEST_SHOWN


def _family(type_: ColumnType) -> str:
    while type_.base is not None:
        type_ = type_.base
    return type_.name


def _literals(texts: list[str]) -> tuple[str, ...]:
    return tuple(repr(text) for text in texts)
