"""Keys, checks, exclusions and foreign keys -> constraint clauses, in the server's words where the Catalog has them."""

from __future__ import annotations

from onboard.catalog.structure import Check, ForeignKey, Key, Table
from onboard.migrations.ddl.quoting import identifier, identifiers, qualified


def key_clauses(table: Table) -> tuple[str, ...]:
    """Return the primary key and the uniques as `create table` says them, without those that it would leave out."""
    primary_key = (
        (_clause(table.primary_key.name, _key(table.primary_key, "primary key")),) if table.primary_key else ()
    )
    repeated = _repeated(table)
    return primary_key + tuple(unique_clause(key) for key in table.uniques if key not in repeated)


def repeated_key_clauses(table: Table) -> tuple[str, ...]:
    """Return the uniques over the columns of another key, which one `create table` would take for the same."""
    return tuple(unique_clause(key) for key in _repeated(table))


def unique_clause(key: Key) -> str:
    """Return one unique constraint."""
    return _clause(key.name, _key(key, "unique"))


def exclusion_clauses(table: Table) -> tuple[str, ...]:
    """Return the exclusion constraints as `create table` says them."""
    return tuple(_clause(exclusion.name, exclusion.definition) for exclusion in table.exclusions)


def check_clause(check: Check) -> str:
    """Return one check, with NO INHERIT, NOT ENFORCED and NOT VALID as the database has them."""
    return _clause(check.name, check.definition or f"check ({check.expression})")


def add_constraint(table: Table, clause: str) -> str:
    """Return the statement that adds a clause to a table that exists."""
    return f"alter table {qualified(table.name)} add {clause}"


def foreign_key_statement(table: Table, key: ForeignKey) -> str:
    """Return the statement that adds a foreign key; one that was never validated stays so."""
    return add_constraint(table, _clause(key.name, key.definition or _foreign_key(key)))


def _repeated(table: Table) -> tuple[Key, ...]:
    seen = {table.primary_key.columns} if table.primary_key else set()
    found: list[Key] = []
    for key in table.uniques:
        if key.columns in seen:
            found.append(key)
        seen.add(key.columns)
    return tuple(found)


def _clause(name: str, definition: str) -> str:
    return f"constraint {identifier(name)} {definition}"


def _key(key: Key, words: str) -> str:
    if key.definition:
        return key.definition
    nulls = " nulls not distinct" if key.nulls_not_distinct else ""
    include = f" include ({identifiers(key.include)})" if key.include else ""
    return f"{words}{nulls} ({identifiers(key.columns)}){include}{_deferrable(key)}"


def _foreign_key(key: ForeignKey) -> str:
    return (
        f"foreign key ({identifiers(key.columns)})"
        f" references {qualified(key.references)} ({identifiers(key.referenced_columns)})"
        f"{'' if key.match == 'simple' else f' match {key.match}'}"
        f"{'' if key.on_update == 'no action' else f' on update {key.on_update}'}"
        f"{'' if key.on_delete == 'no action' else f' on delete {key.on_delete}'}"
        f"{_deferrable(key)}{'' if key.is_valid else ' not valid'}"
    )


def _deferrable(constraint: Key | ForeignKey) -> str:
    if not constraint.is_deferrable:
        return ""
    return " deferrable initially deferred" if constraint.is_initially_deferred else " deferrable"
