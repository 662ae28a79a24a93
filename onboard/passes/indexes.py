"""An index of the Catalog -> an index or a unique constraint of Django's, or the server's own words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from onboard.catalog.structure import Index, IndexPart
from onboard.passes.brief import Brief
from onboard.passes.conditions import condition
from onboard.passes.constraints import vendor
from onboard.passes.model import Named
from onboard.passes.written import Argument, Written, argument, call, helper, listed, literal, models

_DJANGO_LENGTH = 30  # models.E034


@dataclass(frozen=True, slots=True)
class WrittenIndex:
    """What became of an index."""

    named: Named
    is_constraint: bool = False
    notes: tuple[str, ...] = ()


def written_index(index: Index, brief: Brief) -> WrittenIndex:
    """Return the plainest way to say this index truthfully."""
    extras = _extras(index, brief)
    is_btree = index.method in ("btree", "") and all(_has_usual_nulls(part) for part in index.parts)
    is_simple = extras is not None and all(_is_default(part) for part in index.parts)
    is_ascending = not any(part.is_descending for part in index.parts)
    if index.is_unique and is_simple and is_btree and is_ascending and extras is not None:
        return _unique(index, extras, brief)
    name = brief.plan.names.indexes[brief.table.name, index.name]
    notes = (f"The index `{index.name}` is called `{name}` in the model.",) if name != index.name else ()
    if extras is not None and is_simple and is_btree and not index.is_unique:
        return WrittenIndex(_plain(index, name, extras, brief), notes=notes)
    return WrittenIndex(_verbatim(index, name, brief), notes=notes)


def _extras(index: Index, brief: Brief) -> tuple[Argument, ...] | None:
    """Condition, INCLUDE and NULLS NOT DISTINCT as Django's arguments; None where it has no words for them."""
    arguments: tuple[Argument, ...] = ()
    if index.predicate is not None:
        found = condition(index.predicate, brief)
        if found is None:
            return None
        arguments += (argument("condition", found),)
    if index.include:
        arguments += (argument("include", listed(literal(brief.fields[column]) for column in index.include)),)
    if index.nulls_not_distinct:
        arguments += (argument("nulls_distinct", False),)
    return arguments


def _unique(index: Index, extras: tuple[Argument, ...], brief: Brief) -> WrittenIndex:
    """Django makes an index of a unique constraint with any extra, and a constraint of a plain one."""
    name = brief.plan.names.constraints[brief.table.name, index.name]
    arguments = (argument("fields", _fields(index, brief)), *extras, argument("name", name))
    function = models("UniqueConstraint") if extras else helper(brief.plan.app, "UniqueIndex")
    return WrittenIndex(Named(name, call(function, arguments)), is_constraint=True)


def _plain(index: Index, name: str, extras: tuple[Argument, ...], brief: Brief) -> Named:
    is_long = len(name) > _DJANGO_LENGTH
    function = helper(brief.plan.app, "LongNameIndex") if is_long else models("Index")
    return Named(name, call(function, (argument("fields", _fields(index, brief)), *extras, argument("name", name))))


def _verbatim(index: Index, name: str, brief: Brief) -> Named:
    is_sqlite = brief.plan.catalog.engine == "sqlite"  # which has one method and no word for it
    words = definition(replace(index, method="") if is_sqlite else index)
    arguments = [argument("definition", words), argument("name", name)]
    if index.is_unique:
        arguments.append(argument("unique", True))
    arguments += vendor(brief)
    return Named(name, call(helper(brief.plan.app, "DatabaseIndex"), arguments))


def _fields(index: Index, brief: Brief) -> Written:
    return listed(
        literal(("-" if part.is_descending else "") + brief.fields[part.column])
        for part in index.parts
        if part.column is not None
    )


def _is_default(part: IndexPart) -> bool:
    return part.column is not None and part.operator_class is None and part.collation is None


def _has_usual_nulls(part: IndexPart) -> bool:
    """PostgreSQL puts nulls first in a descending index and last in an ascending one, unless told otherwise."""
    return part.nulls_first == part.is_descending


def definition(index: Index) -> str:
    """Return what follows the table's name in CREATE INDEX."""
    parts = ", ".join(_part(part, index.method) for part in index.parts)
    words = [f"USING {index.method} ({parts})" if index.method else f"({parts})"]
    if index.include:
        words.append(f"INCLUDE ({', '.join(map(quoted, index.include))})")
    if index.nulls_not_distinct:
        words.append("NULLS NOT DISTINCT")
    if index.predicate is not None:
        words.append(f"WHERE {index.predicate}")
    return " ".join(words)


def _part(part: IndexPart, method: str) -> str:
    words = [quoted(part.column) if part.column is not None else f"({part.expression})"]
    if part.collation is not None:
        words.append(f"COLLATE {part.collation}")
    if part.operator_class is not None:
        words.append(part.operator_class)
    if not method and part.is_descending:
        words.append("DESC")
    if method == "btree":
        words += ["DESC"] if part.is_descending else []
        words += [] if _has_usual_nulls(part) else ["NULLS FIRST" if part.nulls_first else "NULLS LAST"]
    return " ".join(words)


def quoted(name: str) -> str:
    """Return an identifier in double quotes."""
    return '"' + name.replace('"', '""') + '"'
