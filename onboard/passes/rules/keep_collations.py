"""Collations that are not the type's own are kept, where Django's field takes one."""

from __future__ import annotations

from dataclasses import replace

from onboard.passes.brief import Brief
from onboard.passes.examples import TEXT, column, example, keyed
from onboard.passes.model import FieldLine, ModelClass, with_arguments, with_notes
from onboard.passes.passing import Pass, Phase
from onboard.passes.written import code

_TAKES_ONE = ("CharField", "TextField", "TypedCharField", "TypedTextField", "PaddedCharField")


def rewrite(model: ModelClass, brief: Brief) -> ModelClass:
    """Write the collation of every text column that has one of its own."""
    fields = tuple(_collated(line, brief) for line in model.fields)
    lost = (
        f"`{column.name}`: the collation `{column.collation}` is the database's alone."
        for column in brief.table.columns
        if column.collation is not None and (column.name in brief.relations or _bare(column.collation) is None)
    )
    return with_notes(replace(model, fields=fields), tuple(lost))


def _collated(line: FieldLine, brief: Brief) -> FieldLine:
    collation = brief.columns[line.column].collation if line.column is not None else None
    name = _bare(collation) if collation is not None else None
    if name is None or code(line.function.node).removeprefix("models.") not in _TAKES_ONE:
        return line
    return with_arguments(line, db_collation=name)


def _bare(collation: str) -> str | None:
    """The name as Django will quote it; None for one in a schema of its own, which Django cannot name."""
    if collation.startswith('"') and collation.endswith('"') and '"' not in collation[1:-1]:
        return collation[1:-1]
    return collation if collation.replace("_", "").isalnum() else None


PASS = Pass(
    "Keeps collations.",
    Phase.COLUMNS,
    rewrite,
    examples=(
        example(
            "    c1 = models.TextField(primary_key=True)\n",
            "    c1 = models.TextField(primary_key=True, db_collation='C')\n",
            keyed("note", column("id", TEXT, collation='"C"')),
        ),
    ),
)
