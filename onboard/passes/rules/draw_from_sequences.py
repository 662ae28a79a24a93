"""Columns outside the primary key that draw from a sequence: an insert leaves them to the database."""

from __future__ import annotations

from dataclasses import replace

from onboard.passes.brief import Brief
from onboard.passes.examples import column, example, keyed
from onboard.passes.model import FieldLine, ModelClass, without_arguments
from onboard.passes.passing import Pass, Phase
from onboard.passes.sequences import is_drawn
from onboard.passes.written import argument, helper


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Rewrite identity columns, and not-null ones whose default is `nextval`, that are no automatic key."""
    return replace(model, fields=tuple(_drawn(line, brief) for line in model.fields))


def _drawn(line: FieldLine, brief: Brief) -> FieldLine:
    column = brief.columns[line.column] if line.column is not None else None
    if column is None or not is_drawn(column) or column.name in brief.relations:
        return line
    key = brief.decision.primary_key
    if key is not None and key.columns == (column.name,):
        return line
    line = without_arguments(line, "column_type", "always")
    arguments = (*line.arguments, argument("column_type", column.type.sql))
    # Django takes no generated field into a composite key (E042); a value left out is drawn there all the same.
    if column.identity == "always" and not (key and column.name in key.columns):
        arguments = (*arguments, argument("always", True))
    return replace(line, function=helper(brief.plan.app, "SequenceField"), arguments=arguments)


PASS = Pass(
    "Leaves columns that draw from a sequence to the database on insert.",
    Phase.COLUMNS,
    rewrite,
    examples=(
        example(
            "    c1 = models.IntegerField(primary_key=True)\n    c2 = models.IntegerField()\n",
            "    c1 = models.IntegerField(primary_key=True)\n"
            "    c2 = SequenceField(column_type='integer', always=True)\n",
            keyed("note", column("id"), column("number", identity="always")),
        ),
        example(
            "    c1 = models.IntegerField()\n    c2 = models.IntegerField()\n",
            "    c1 = models.IntegerField()\n    c2 = SequenceField(column_type='integer')\n",
            keyed("line", column("tenant"), column("number", identity="always"), key=("tenant", "number")),
        ),
    ),
)
