"""The value that passes rewrite: one model class, taken apart into what passes think in.

Everything of the database is addressed by its column; names in the source are settled by the last phase.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import libcst as cst

from onboard.passes.written import Argument, Literal, Written, argument


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field: `name = function(arguments)`."""

    name: str
    column: str | None  # None: a field without a column of its own, such as a composite primary key
    function: Written
    arguments: tuple[Argument, ...]  # in any order: they are sorted when written

    def value(self, keyword: str | None) -> Written | None:
        """Return the value of an argument, or None where it is not given."""
        for given in self.arguments:
            if given.keyword == keyword:
                return given.value
        return None

    def has(self, keyword: str) -> bool:
        """Whether the argument is given."""
        return any(given.keyword == keyword for given in self.arguments)


@dataclass(frozen=True, slots=True)
class Named:
    """An index or a constraint of Meta, by the name the model gives it."""

    name: str
    value: Written


@dataclass(frozen=True, slots=True)
class ModelClass:
    """One model class."""

    name: str
    fields: tuple[FieldLine, ...]
    meta: tuple[tuple[str, Written], ...] = ()  # each option once
    constraints: tuple[Named, ...] = ()
    indexes: tuple[Named, ...] = ()
    mixins: tuple[Written, ...] = ()  # bases before `models.Model`
    nested: tuple[cst.ClassDef, ...] = ()  # by name
    methods: tuple[cst.FunctionDef, ...] = ()  # by name
    notes: tuple[str, ...] = ()


def with_arguments(line: FieldLine, **values: Literal | Written) -> FieldLine:
    """Return the field with these arguments set, whatever they were before."""
    kept = tuple(given for given in line.arguments if given.keyword not in values)
    return replace(line, arguments=kept + tuple(argument(key, value) for key, value in values.items()))


def without_arguments(line: FieldLine, *keywords: str | None) -> FieldLine:
    """Return the field without these arguments."""
    if not any(given.keyword in keywords for given in line.arguments):
        return line
    return replace(line, arguments=tuple(given for given in line.arguments if given.keyword not in keywords))


def with_option(model: ModelClass, name: str, value: Literal | Written) -> ModelClass:
    """Return the model with this option of Meta set."""
    kept = tuple(option for option in model.meta if option[0] != name)
    return replace(model, meta=(*kept, (name, argument(name, value).value)))


def with_constraints(model: ModelClass, constraints: tuple[Named, ...]) -> ModelClass:
    """Return the model with these constraints, each name once."""
    return replace(model, constraints=_named(model.constraints, constraints)) if constraints else model


def with_indexes(model: ModelClass, indexes: tuple[Named, ...]) -> ModelClass:
    """Return the model with these indexes, each name once."""
    return replace(model, indexes=_named(model.indexes, indexes)) if indexes else model


def with_notes(model: ModelClass, notes: tuple[str, ...]) -> ModelClass:
    """Return the model with these notes, each once."""
    new = tuple(note for note in dict.fromkeys(notes) if note not in model.notes)
    return replace(model, notes=model.notes + new) if new else model


def _named(old: tuple[Named, ...], new: tuple[Named, ...]) -> tuple[Named, ...]:
    names = {named.name for named in new}
    return tuple(sorted((*(named for named in old if named.name not in names), *new), key=lambda named: named.name))
