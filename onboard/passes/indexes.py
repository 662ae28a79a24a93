"""An index of the Catalog -> an index or a unique constraint of Django's, or the server's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from onboard.catalog.structure import Index, IndexPart
from onboard.passes.brief import Brief
from onboard.passes.conditions import condition
from onboard.passes.constraints import vendor
from onboard.passes.index_expressions import index_expression, ordered
from onboard.passes.index_options import index_options, with_clause
from onboard.passes.model import Named
from onboard.passes.written import Argument, Written, argument, call, helper, imported, listed, literal, models

_DJANGO_LENGTH = 30  # models.E034; what stands for the method is counted off
_METHODS = {
    "btree": "Index",
    "gin": "GinIndex",
    "gist": "GistIndex",
    "brin": "BrinIndex",
    "hash": "HashIndex",
    "spgist": "SpGistIndex",
}
# What Django's Collate takes, quoted or not.
_PLAIN_COLLATION = re.compile(r'"(?P<quoted>\w[\w-]*)"\Z|[a-z_]\w*\Z', re.ASCII)
_PLAIN_CLASS = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?\Z|\Z")


@dataclass(frozen=True, slots=True)
class WrittenIndex:
    """What became of an index."""

    named: Named
    is_constraint: bool = False
    notes: tuple[str, ...] = ()


def written_index(index: Index, brief: Brief) -> WrittenIndex:
    """Return the plainest way to say this index truthfully."""
    extras = _extras(index, brief)
    parts = _parts(index, brief) if extras is not None else None
    is_said = parts is not None and (index.method in _METHODS or not index.method)
    is_said = is_said and not (index.is_unique and index.options)
    if index.is_unique and parts is not None and is_said:
        return _unique(index, (*parts, *(extras or ())), brief)
    name = brief.plan.names.indexes[brief.table.name, index.name]
    notes = (f"The index `{index.name}` is called `{name}` in the model.",) if name != index.name else ()
    if parts is not None and is_said:
        return WrittenIndex(_plain(index, name, (*parts, *(extras or ())), brief), notes=notes)
    return WrittenIndex(_verbatim(index, name, brief), notes=notes)


def _extras(index: Index, brief: Brief) -> tuple[Argument, ...] | None:
    """Condition, INCLUDE and NULLS NOT DISTINCT as Django's arguments; None where it has no words for them."""
    arguments: tuple[Argument, ...] = ()
    if index.predicate is not None:
        found = condition(index.predicate, brief, is_filter=True)
        if found is None:
            return None
        arguments += (argument("condition", found),)
    if index.include:
        arguments += (argument("include", listed(literal(brief.fields[column]) for column in index.include)),)
    if index.nulls_not_distinct:
        arguments += (argument("nulls_distinct", False),)
    options = index_options(index)
    return None if options is None else arguments + options


def _parts(index: Index, brief: Brief) -> tuple[Argument, ...] | None:
    """What is indexed, as fields where that says it, else as expressions; None where Django has no words for it."""
    is_ordered = index.method in ("btree", "")
    is_usual = not is_ordered or all(_has_usual_nulls(part) for part in index.parts)
    is_plain = all(part.column is not None for part in index.parts) and is_usual
    is_plain = is_plain and all(part.collation is None for part in index.parts)
    # A unique constraint takes its order and its operator classes otherwise than an index does.
    if is_plain and not (index.is_unique and any(part.is_descending for part in index.parts)):
        return _field_parts(index, brief)
    if brief.plan.catalog.engine != "postgresql":
        return None
    said = tuple(_expression(part, brief, is_ordered=is_ordered) for part in index.parts)
    found = tuple(argument(None, part) for part in said if part is not None)
    return found if len(found) == len(said) else None


def _field_parts(index: Index, brief: Brief) -> tuple[Argument, ...] | None:
    arguments = (argument("fields", _fields(index, brief)),)
    classes = tuple(_operator_class(part, brief) for part in index.parts)
    if not any(classes):
        return arguments
    if not all(_PLAIN_CLASS.match(name) for name in classes):
        return None
    return (*arguments, argument("opclasses", listed(literal(name) for name in classes)))


def _operator_class(part: IndexPart, brief: Brief) -> str:
    """The name as it is found along the search path; empty for the type's own."""
    schema, _, name = (part.operator_class or "").rpartition(".")
    return name if schema in brief.plan.decisions.search_path else part.operator_class or ""


def _expression(part: IndexPart, brief: Brief, *, is_ordered: bool) -> Written | None:
    if part.column is not None:
        name = literal(brief.fields[part.column])
        is_bare = part.operator_class is not None or part.collation is not None
        is_bare = is_bare or not is_ordered or (not part.is_descending and _has_usual_nulls(part))
        found: Written | None = name if is_bare else call(models("F"), (argument(None, name),))
    else:
        found = index_expression(part.expression or "", brief)
    if found is not None and (part.operator_class is not None or part.collation is not None):
        found = _qualified(part, found, brief)
    if found is None or not is_ordered:
        return found
    return ordered(found, is_descending=part.is_descending, is_usual=_has_usual_nulls(part))


def _qualified(part: IndexPart, expression: Written, brief: Brief) -> Written | None:
    """The expression with its collation and operator class; Django writes them in this order."""
    if part.collation is not None:
        found = _PLAIN_COLLATION.match(part.collation)
        if found is None:
            return None
        collation = argument(None, found["quoted"] or found[0])
        expression = call(imported("django.db.models.functions", "Collate"), (argument(None, expression), collation))
    if part.operator_class is None:
        return expression
    name = _operator_class(part, brief)
    if not _PLAIN_CLASS.match(name):
        return None
    function = imported("django.contrib.postgres.indexes", "OpClass")
    return call(function, (argument(None, expression), argument("name", name)))


def _unique(index: Index, arguments: tuple[Argument, ...], brief: Brief) -> WrittenIndex:
    """Django makes an index of a unique constraint with any extra, and a constraint of a plain one."""
    name = brief.plan.names.constraints[brief.table.name, index.name]
    is_bare = {given.keyword for given in arguments} <= {"fields", "nulls_distinct"}
    function = helper(brief.plan.app, "UniqueIndex") if is_bare else models("UniqueConstraint")
    return WrittenIndex(Named(name, call(function, (*arguments, argument("name", name)))), is_constraint=True)


def _plain(index: Index, name: str, arguments: tuple[Argument, ...], brief: Brief) -> Named:
    kind = _METHODS.get(index.method, "Index")
    if kind == "Index" and index.options:
        kind = "BTreeIndex"
    longest = _DJANGO_LENGTH if kind == "Index" else _DJANGO_LENGTH - len("idx") + len(index.method)
    if len(name) > longest and kind == "BTreeIndex":
        return _verbatim(index, name, brief)
    if len(name) > longest:
        function = helper(brief.plan.app, f"LongName{kind}")
    else:
        function = models(kind) if kind == "Index" else imported("django.contrib.postgres.indexes", kind)
    return Named(name, call(function, (*arguments, argument("name", name))))


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
    words += [with_clause(index)] if index.options else []
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
