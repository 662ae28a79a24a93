"""The `[names]` of onboard.toml, held against the rules of Python and Django, each other, and names once given."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onboard.catalog.structure import TableName
from onboard.decisions.keys import UsedKeys
from onboard.decisions.names_lock import NamesLock
from onboard.decisions.reserved import reserved_classes, reserved_fields
from onboard.decisions.spelling import spell_column, spell_table
from onboard.decisions.statements import GivenName, Person, where
from onboard.errors import BadInput


@dataclass(frozen=True, slots=True)
class GivenNames:
    """The person's names, which are final."""

    models: Mapping[TableName, str]
    columns: Mapping[TableName, Mapping[str, str]]


def given_names(person: Person, lock: NamesLock, keys: UsedKeys, tables: Iterable[TableName]) -> GivenNames:
    """Return the person's names; BadInput with the line of one that cannot be had."""
    models: dict[TableName, str] = {}
    columns: dict[TableName, dict[str, str]] = {}
    present = frozenset(tables)
    for given in person.names:
        if given.table is None:
            continue
        if given.column is None:
            _check(given, reserved_classes(), "class")
            models[given.table] = given.name
        else:
            _check(given, reserved_fields(), "field")
            columns.setdefault(given.table, {})[given.column] = given.name
    for given in person.names:
        if given.table is not None and given.column is None:
            _check_class_is_free(given, models, lock, present)
        elif given.table is not None:
            _check_field_is_free(given, columns[given.table], lock, keys)
    return GivenNames(models, columns)


def _check(given: GivenName, reserved: frozenset[str], kind: str) -> None:
    name = given.name
    problem = ""
    if not name.isidentifier() or not name.isascii():
        problem = "is not an identifier in ASCII letters"
    elif keyword.iskeyword(name) or name.lower() in reserved:
        problem = f"is reserved: a {kind} of that name would break Python or Django"
    elif name.startswith("_") or name.endswith("_") or "__" in name:
        problem = "begins or ends with an underscore or holds two together, which Django refuses"
    elif len(name) > 90:
        problem = "is longer than 90 characters"
    if problem:
        raise BadInput(f"`{name}` {problem}.", where=where(given.line), remedy=f"Give `{given.key}` another name.")


def _check_class_is_free(
    given: GivenName, models: Mapping[TableName, str], lock: NamesLock, present: frozenset[TableName]
) -> None:
    for table, name in sorted(models.items()):
        if table != given.table and name.lower() == given.name.lower():
            _refuse(given, spell_table(table))
    for table, locked in sorted(lock.tables.items()):
        is_other = table != given.table and table in present and table not in models
        if is_other and locked.model.lower() == given.name.lower():
            _refuse(given, spell_table(table))


def _check_field_is_free(given: GivenName, columns: Mapping[str, str], lock: NamesLock, keys: UsedKeys) -> None:
    assert given.table is not None
    assert given.column is not None
    related = {one.columns[0] for one in keys.relations.get(given.table, ()) if len(one.columns) == 1}
    mine = _claims(given.name, given.column in related)
    for column, name in sorted(columns.items()):
        if column != given.column and mine & _claims(name, column in related):
            _refuse(given, spell_column(given.table, column))
    locked = lock.tables.get(given.table)
    for column, name in locked.fields if locked else ():
        if column not in columns and column not in related and mine & _claims(name, False):
            _refuse(given, spell_column(given.table, column))
    for place, _, name, _ in locked.relations if locked else ():
        if place[0] not in columns and (len(place) > 1 or place[0] in related) and mine & _claims(name, True):
            _refuse(given, spell_column(given.table, place[0]))


def _claims(name: str, is_relation: bool) -> frozenset[str]:
    lower = name.lower()
    return frozenset((lower, f"{lower}_id")) if is_relation else frozenset((lower,))


def _refuse(given: GivenName, other: str) -> None:
    raise BadInput(
        f"`{given.name}` for `{given.key}` is the name of `{other}` already.",
        where=where(given.line),
        remedy=f"Choose another, or give `{other}` a name of its own in `[names]` too.",
    )
