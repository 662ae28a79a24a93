"""Defaults of the database become `db_default`: a value, a function of Django's, or the server's own words."""

from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import Column, ColumnType, TableName, TypeKind
from onboard.passes.brief import Brief
from onboard.passes.choices import accepted_members, members, members_by_value, nested_class
from onboard.passes.defaults import Members, function_default, written_default
from onboard.passes.examples import TEXT, column, example, keyed
from onboard.passes.flags import flag_default
from onboard.passes.model import FieldLine, ModelClass, with_arguments
from onboard.passes.passing import Pass, Phase
from onboard.passes.sequences import is_drawn
from onboard.passes.sql_literals import is_null
from onboard.passes.sql_text import raw_sql
from onboard.passes.written import Written, code

_AUTO = ("AutoField", "SequenceField")


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Write the default of every column that the database fills itself."""
    return replace(model, fields=tuple(_with_default(line, brief) for line in model.fields))


def _with_default(line: FieldLine, brief: Brief) -> FieldLine:
    column = brief.columns[line.column] if line.column is not None else None
    if column is None or column.default is None or column.generated is not None:
        return line
    name = code(line.function.node).removeprefix("models.")
    if name.endswith(_AUTO) or _is_left_to_sequence(column, brief) or is_null(column.default):
        return line
    if column.name in brief.flags:
        said = flag_default(column.default, *brief.flags[column.name])
        return with_arguments(line, db_default=raw_sql(column.default) if said is None else said)
    function, first = _valued(line, column, brief)
    is_postgresql = brief.plan.catalog.engine == "postgresql"
    value = function_default(column.default, function) if is_postgresql else None
    value = value or written_default(column.default, function, first, _members(column, function, brief))
    return with_arguments(line, db_default=raw_sql(column.default) if _is_shadowed(value, brief) else value)


def _is_shadowed(value: Written, brief: Brief) -> bool:
    """Whether a field of the class has the name of something the value calls, such as `date`."""
    return not {wanted.name for wanted in value.imports}.isdisjoint(brief.fields.values())


def _valued(line: FieldLine, column: Column, brief: Brief) -> tuple[Written, Written | None]:
    """The field whose values the column takes: a relation takes those of what it refers to."""
    relation = brief.relations.get(column.name)
    if relation is None:
        return line.function, line.value(None)
    target = brief.plan.tables[relation.references].column(relation.referenced_columns[0])
    found = brief.plan.field_type(target.type)
    return found.function, found.value(None)


def _members(column: Column, function: Written, brief: Brief) -> Members | None:
    """The members of the choices that the column's values are of: an enum's, or those that a person accepted."""
    accepted = dict(brief.decision.choices)
    if column.name in brief.relations:
        return None
    if column.name in accepted:
        are_numbers = "Integer" in code(function.node)
        chosen = accepted_members(accepted[column.name], are_numbers=are_numbers)
        return members_by_value(nested_class(brief.fields[column.name]), chosen)
    type_: ColumnType | None = column.type
    while type_ is not None and type_.kind is not TypeKind.ENUM:
        type_ = type_.element or type_.base
    if type_ is None:
        return None
    name = TableName(type_.schema, type_.name)
    if name not in brief.plan.enum_classes or name not in brief.plan.types:
        return None
    return members_by_value(brief.plan.enum_classes[name], members(brief.plan.types[name].labels))


def _is_left_to_sequence(column: Column, brief: Brief) -> bool:
    """Whether `draw_from_sequences` takes care of it, whichever of the two comes first."""
    key = brief.decision.primary_key
    is_key = key is not None and key.columns == (column.name,)
    return is_drawn(column) and not is_key and column.name not in brief.relations


PASS = Pass(
    "Keeps the defaults of the database.",
    Phase.COLUMNS,
    rewrite,
    examples=(
        example(
            "    c1 = models.IntegerField(primary_key=True)\n"
            "    c2 = models.TextField()\n"
            "    c3 = models.TextField()\n",
            "    c1 = models.IntegerField(primary_key=True)\n"
            '    c2 = models.TextField(db_default="it\'s")\n'
            "    c3 = models.TextField(db_default=RawSQL('lower(CURRENT_USER)', []))\n",
            keyed(
                "note",
                column("id"),
                column("line", TEXT, default="'it''s'::text"),
                column("by", TEXT, default="lower(CURRENT_USER)"),
            ),
        ),
    ),
)
