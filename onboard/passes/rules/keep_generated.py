"""Generated columns become `GeneratedField`, with the field they would otherwise be as its output."""

from __future__ import annotations

from dataclasses import replace

from onboard.catalog.structure import Column
from onboard.passes.brief import Brief
from onboard.passes.examples import column, example, keyed
from onboard.passes.model import FieldLine, ModelClass
from onboard.passes.passing import Pass, Phase
from onboard.passes.sql_text import raw_sql
from onboard.passes.written import argument, call, code, models

_OUTSIDE = ("null", "primary_key", "db_comment")  # said of the generated field, not of its output


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Wrap every generated column."""
    return replace(model, fields=tuple(_generated(line, brief) for line in model.fields))


def _generated(line: FieldLine, brief: Brief) -> FieldLine:
    column = brief.columns[line.column] if line.column is not None else None
    if column is None or column.generated is None or code(line.function.node) == "models.GeneratedField":
        return line
    return _wrapped(line, column, column.generated)


def _wrapped(line: FieldLine, column: Column, expression: str) -> FieldLine:
    inner = [given for given in line.arguments if given.keyword not in (*_OUTSIDE, "blank")]
    arguments = (
        argument("expression", raw_sql(expression)),
        argument("output_field", call(line.function, inner)),
        argument("db_persist", column.is_stored),
        *(given for given in line.arguments if given.keyword in _OUTSIDE),
    )
    return replace(line, function=models("GeneratedField"), arguments=arguments)


PASS = Pass(
    "Keeps generated columns generated.",
    Phase.STRUCTURE,
    rewrite,
    examples=(
        example(
            "    c1 = models.IntegerField(primary_key=True)\n    c2 = models.IntegerField(blank=True, null=True)\n",
            "    c1 = models.IntegerField(primary_key=True)\n"
            "    c2 = models.GeneratedField(expression=RawSQL('(id * 2)', []), output_field=models.IntegerField(),"
            " db_persist=True, null=True)\n",
            keyed("note", column("id"), column("twice", is_nullable=True, generated="(id * 2)")),
        ),
    ),
)
