"""Comments of columns are kept."""

from __future__ import annotations

from dataclasses import replace

from onboard.passes.brief import Brief
from onboard.passes.examples import column, example, keyed
from onboard.passes.model import FieldLine, ModelClass, with_arguments
from onboard.passes.passing import Pass, Phase


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Write the comment of every column that has one."""
    return replace(model, fields=tuple(_commented(line, brief) for line in model.fields))


def _commented(line: FieldLine, brief: Brief) -> FieldLine:
    comment = brief.columns[line.column].comment if line.column is not None else None
    return with_arguments(line, db_comment=comment) if comment else line


PASS = Pass(
    "Keeps the comments of columns.",
    Phase.COLUMNS,
    rewrite,
    examples=(
        example(
            "    c1 = models.IntegerField(primary_key=True)\n",
            "    c1 = models.IntegerField(primary_key=True, db_comment='the number')\n",
            keyed("note", column("id", comment="the number")),
        ),
    ),
)
