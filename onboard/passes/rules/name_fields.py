"""Every field gets its name, and its column wherever that is not the name; a relation always says its column."""

from __future__ import annotations

from dataclasses import replace

from onboard.decisions.django_names import django_name
from onboard.passes.brief import Brief
from onboard.passes.dollar_names import queryable
from onboard.passes.examples import column, example, keyed
from onboard.passes.model import FieldLine, ModelClass, with_arguments, without_arguments
from onboard.passes.passing import Pass, Phase


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Name all fields."""
    return replace(model, fields=tuple(_named(line, brief) for line in model.fields))


def _named(line: FieldLine, brief: Brief) -> FieldLine:
    column = line.column
    if column is None:
        return line
    line = replace(line, name=brief.fields[column])
    if column in brief.relations or line.name != column:
        return with_arguments(line, db_column=queryable(django_name(column), brief))
    return without_arguments(line, "db_column")


PASS = Pass(
    "Names fields and columns.",
    Phase.NAMES,
    rewrite,
    examples=(
        example(
            "    c1 = models.IntegerField(primary_key=True)\n",
            "    id = models.IntegerField(primary_key=True)\n",
            keyed("note", column("id")),
        ),
    ),
)
