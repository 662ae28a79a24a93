"""Values -> TextChoices and IntegerChoices: members, labels, the class, and the list a migration spells out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import libcst as cst
from anyascii import anyascii

from onboard.passes.source import Import
from onboard.passes.written import Written, grouped, listed, literal, models, parsed


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a choices class."""

    name: str  # upper case, a valid identifier
    value: str | int
    label: str


def members(values: tuple[str, ...]) -> tuple[Member, ...]:
    """Return a member for each value, in order, with names that do not clash."""
    taken: set[str] = set()
    found = []
    for value in values:
        name = _free(_member_name(value), taken)
        plain = name.replace("_", " ").title()
        is_plain = value.replace("_", " ").replace("-", " ").lower() == plain.lower()
        found.append(Member(name, value, plain if is_plain else value))
    return tuple(found)


def choices_of(class_name: str, of: tuple[Member, ...]) -> Written:
    """Return `Class.choices`, which a migration spells out."""
    pairs = listed(grouped((literal(member.value), literal(member.label))) for member in of)
    return Written(parsed(f"{class_name}.choices"), pairs.node)


def members_by_value(class_name: str, of: tuple[Member, ...]) -> Mapping[str | int, Written]:
    """Return each value as its member, which a migration spells out."""
    return {member.value: Written(parsed(f"{class_name}.{member.name}"), literal(member.value).node) for member in of}


def nested_class(field: str) -> str:
    """Return the name of the choices class of a field, nested in its model."""
    return "".join(word.capitalize() for word in field.split("_"))


def accepted_members(values: tuple[tuple[str, str, str], ...], *, are_numbers: bool) -> tuple[Member, ...]:
    """Return the members that a person accepted."""
    return tuple(Member(name, int(value) if are_numbers else value, label) for name, value, label in values)


def choices_class(name: str, of: tuple[Member, ...]) -> cst.ClassDef:
    """Return the class; a label that Django would derive from the member's name is left to it."""
    base = "IntegerChoices" if all(isinstance(member.value, int) for member in of) else "TextChoices"
    lines = [
        cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(cst.Name(member.name))], _member_value(member))])
        for member in of
    ]
    return cst.ClassDef(cst.Name(name), cst.IndentedBlock(lines), [cst.Arg(models(base).node)])


CHOICES_IMPORTS = frozenset({Import("django.db", "models")})


def _member_value(member: Member) -> cst.BaseExpression:
    if member.label == member.name.replace("_", " ").title():
        return literal(member.value).node
    pair = (literal(member.value).node, literal(member.label).node)
    return cst.Tuple([cst.Element(node) for node in pair], lpar=[], rpar=[])


def _member_name(value: str) -> str:
    words = re.sub(r"[^0-9A-Z]+", "_", anyascii(value).upper()).strip("_")
    if not words:
        return "BLANK" if not value.strip() else "VALUE"
    return f"N_{words}" if words[0].isdigit() else words


def _free(name: str, taken: set[str]) -> str:
    candidate, number = name, 2
    while candidate in taken:
        candidate, number = f"{name}_{number}", number + 1
    taken.add(candidate)
    return candidate
