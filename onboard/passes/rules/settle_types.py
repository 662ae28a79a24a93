"""Every column that is no relation gets the field of its database type instead of inspectdb's guess."""

from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import ColumnType
from onboard.passes.brief import Brief
from onboard.passes.examples import column, example, keyed
from onboard.passes.flags import flag_type
from onboard.passes.model import FieldLine, ModelClass, with_notes
from onboard.passes.passing import Pass, Phase

_KEPT = ("null", "blank", "primary_key")


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Settle the class and type arguments of each field."""
    model = replace(model, fields=tuple(_settled(line, brief) for line in model.fields))
    lost = (
        f"`{column.name}`: {found.note}."
        for column in brief.table.columns
        if column.name not in {**brief.relations, **brief.flags} and (found := brief.plan.field_type(column.type)).note
    )
    return with_notes(model, tuple(lost))


def _settled(line: FieldLine, brief: Brief) -> FieldLine:
    if line.column is None or line.column in brief.relations:
        return line
    found = brief.plan.field_type(brief.columns[line.column].type)
    if line.column in brief.flags:
        found = flag_type(brief.columns[line.column].type, *brief.flags[line.column], found, brief)
    kept = tuple(given for given in line.arguments if given.keyword in _KEPT)
    return replace(line, function=found.function, arguments=found.arguments + kept)


PASS = Pass(
    "Gives every column the field that its database type calls for.",
    Phase.TYPES,
    rewrite,
    examples=(
        example(
            "    c1 = models.TextField(blank=True, null=True)  # This field type is a guess.\n",
            "    c1 = TypedTextField(column_type='point', blank=True, null=True)\n",
            keyed("place", column("at", ColumnType("pg_catalog", "point", "point"), is_nullable=True), key=("at",)),
        ),
    ),
)
