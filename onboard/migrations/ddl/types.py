"""User types -> `create type` and `create domain`, in the server's spelling of what they stand on."""

from __future__ import annotations

from onboard.catalog.structure import ColumnType, TableName, TypeKind, UserType
from onboard.migrations.ddl.comments import comment_on
from onboard.migrations.ddl.mentions import names_in
from onboard.migrations.ddl.quoting import identifier, qualified, text_literal


def type_statements(type_: UserType) -> tuple[str, ...]:
    """Return the statements that make one enum, domain, composite or range type."""
    name = qualified(type_.name)
    match type_.kind:
        case TypeKind.DOMAIN:
            return _domain(type_, name)
        case TypeKind.ENUM:
            made = f"create type {name} as enum ({', '.join(text_literal(label) for label in type_.labels)})"
        case TypeKind.COMPOSITE:
            made = f"create type {name} as ({', '.join(f'{identifier(a)} {t.sql}' for a, t in type_.attributes)})"
        case TypeKind.RANGE:
            made = f"create type {name} as range ({type_.definition})"
        case _:
            return ()
    return (made, *comment_on(f"type {name}", type_.comment))


def type_needs(type_: UserType) -> set[TableName]:
    """Return the names that must exist before the type can be made; those of the server's own are among them."""
    found = names_in(type_.default, type_.definition, *(check.definition for check in type_.checks))
    for stands_on in (type_.type, *(attribute for _, attribute in type_.attributes)):
        found |= names_of_type(stands_on)
    return found


def names_of_type(type_: ColumnType | None) -> set[TableName]:
    """Return the names of a type and, of an array, of its element."""
    if type_ is None:
        return set()
    element = type_.element
    return {TableName(type_.schema, type_.name)} | ({TableName(element.schema, element.name)} if element else set())


def _domain(type_: UserType, name: str) -> tuple[str, ...]:
    assert type_.type is not None, type_.name
    parts = [f"create domain {name} as {type_.type.sql}"]
    if type_.collation:
        parts.append(f"collate {type_.collation}")
    if type_.default is not None:
        parts.append(f"default {type_.default}")
    if type_.is_not_null:
        parts.append("not null")
    # `create domain` takes a NOT VALID check for a valid one.
    parts += [f"constraint {identifier(check.name)} {check.definition}" for check in type_.checks if check.is_valid]
    later = [
        f"alter domain {name} add constraint {identifier(check.name)} {check.definition}"
        for check in type_.checks
        if not check.is_valid
    ]
    comments = [
        text
        for check in type_.checks
        for text in comment_on(f"constraint {identifier(check.name)} on domain {name}", check.comment)
    ]
    return (" ".join(parts), *later, *comment_on(f"domain {name}", type_.comment), *comments)
