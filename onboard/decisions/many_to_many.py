"""Which tables join two others, and what each of the two is called from the other.

A join table has exactly two relations, of one column each, to two tables that each have a key of one column, and no
pair of rows twice. It stays a model; one of the two gets the field and the other its `related_name`. The field goes to
the table whose name the join table's begins with (`film` of `film_actor`), else to the first by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onboard.catalog.structure import Catalog, Table, TableName
from onboard.decisions.decisions import ManyToManyDecision
from onboard.decisions.fragments import fragments
from onboard.decisions.identifiers import snake
from onboard.decisions.keys import UsedKeys, UsedRelation
from onboard.decisions.plurals import Plurals


@dataclass(frozen=True, slots=True)
class Join:
    """A join table: `near` leads to the table that gets the field, `far` to the other."""

    through: TableName
    near: UsedRelation
    far: UsedRelation


Locked = Mapping[TableName, tuple[ManyToManyDecision, ...]]  # by the table that has the field


def joins(catalog: Catalog, keys: UsedKeys, models: Mapping[TableName, str]) -> tuple[Join, ...]:
    """Return the join tables, in catalog order."""
    tables = {table.name: table for table in catalog.tables}
    found = []
    for table in catalog.tables:
        relations = keys.relations.get(table.name, ())
        if _is_join(table, relations, keys, tables):
            near, far = sorted(relations, key=lambda relation: _place(relation, models))
            found.append(Join(table.name, near, far))
    return tuple(found)


def many_to_many(
    found: tuple[Join, ...],
    fields: Mapping[tuple[TableName, str], str],
    taken: Mapping[TableName, set[str]],
    models: Mapping[TableName, str],
    locked: Locked,
    plurals: Plurals,
) -> Mapping[TableName, tuple[ManyToManyDecision, ...]]:
    """Return what each table gets; `fields` are relations by table and column, `taken` lower-case names by table.

    A join whose names are taken whatever is tried gets none. Names once given stay while they are free.
    """
    used = {name: set(names) for name, names in taken.items()}
    decided: dict[TableName, list[ManyToManyDecision]] = {}
    for join in sorted(found, key=lambda join: (_locked(join, locked) is None, join.through)):
        for candidate in _candidates(join, fields, models, locked, plurals):
            near, far = used.setdefault(join.near.references, set()), used.setdefault(join.far.references, set())
            if candidate.field.lower() not in near and candidate.related_name.lower() not in far:
                near.add(candidate.field.lower())
                far.add(candidate.related_name.lower())
                decided.setdefault(join.near.references, []).append(candidate)
                break
    return {name: tuple(sorted(own, key=lambda one: one.field)) for name, own in decided.items()}


def _candidates(
    join: Join,
    fields: Mapping[tuple[TableName, str], str],
    models: Mapping[TableName, str],
    locked: Locked,
    plurals: Plurals,
) -> Iterator[ManyToManyDecision]:
    if (once := _locked(join, locked)) is not None:
        yield once
    through = fragments(models[join.through])
    there, back = (_plural(fields[join.through, side.columns[0]], plurals) for side in (join.far, join.near))
    for words in ((), through):
        yield ManyToManyDecision(
            snake((*words, *there), empty="related"),
            join.through,
            join.far.references,
            snake((*words, *back), empty="related"),
        )


def _plural(field: str, plurals: Plurals) -> tuple[str, ...]:
    words = fragments(field)
    return (*words[:-1], plurals.plural(words[-1])) if words else ()


def _locked(join: Join, locked: Locked) -> ManyToManyDecision | None:
    for once in locked.get(join.near.references, ()):
        if (once.through, once.target) == (join.through, join.far.references):
            return once
    return None


def _is_join(
    table: Table, relations: tuple[UsedRelation, ...], keys: UsedKeys, tables: Mapping[TableName, Table]
) -> bool:
    key = keys.primary_keys.get(table.name)
    if table.is_view or key is None or len(relations) != 2 or any(len(one.columns) != 1 for one in relations):
        return False
    targets = {relation.references for relation in relations}
    if len(targets) != 2 or table.name in targets or any(one.is_one_to_one for one in relations):
        return False
    pair = {relation.columns[0] for relation in relations}
    whole = (index.columns for index in table.indexes if index.is_unique and index.is_plain and index.is_valid)
    uniques = (key.columns, *(unique.columns for unique in table.uniques), *whole)
    if not any(set(columns) == pair for columns in uniques):
        return False
    if any(table.column(name).generated is not None for name in pair):
        return False
    return all(_has_simple_key(tables[name], keys) for name in targets)


def _has_simple_key(table: Table, keys: UsedKeys) -> bool:
    """Whether Django may relate to its rows by many (fields.E347 refuses composite keys)."""
    key = keys.primary_keys.get(table.name)
    return key is not None and len(key.columns) == 1 and not table.is_view


def _place(relation: UsedRelation, models: Mapping[TableName, str]) -> tuple[bool, str]:
    own, target = models[relation.table].lower(), models[relation.references].lower()
    return not own.startswith(target), target
