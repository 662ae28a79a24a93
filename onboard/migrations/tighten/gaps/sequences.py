"""A column draws from a sequence that nobody owns, so that `sqlsequencereset` and `loaddata` do not find it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from onboard.catalog.structure import TableName
from onboard.migrations.tighten.gap import Gap, GapKind, Step
from onboard.migrations.tighten.names import words
from onboard.migrations.tighten.scene import Scene, column_of


def _find(scene: Scene, table: TableName) -> Iterator[Gap]:
    if scene.is_sqlite:
        return
    drawn = Counter(column.sequence for one in scene.catalog.tables for column in one.columns)
    columns = {column.name: column for column in scene.tables[table].columns}
    for field in scene.fields(table):
        name = columns[column_of(field)].sequence
        sequence = scene.sequences.get(name) if name else None
        if name is None or sequence is None or sequence.owned_by is not None or sequence.is_identity:
            continue
        model = scene.models[table].__name__
        step = Step(
            words(table.name, column_of(field), "sequence"),
            f"Let {table}.{column_of(field)} own the sequence {name} that it draws from.",
            "SHARE ROW EXCLUSIVE on the sequence for a moment.",
            (scene.operations.OwnSequence(model, field.name, (name.schema, name.name)),),
        )
        hindrance = ""
        if drawn[name] > 1:
            hindrance = "several columns draw from it, and only one may own it"
        elif name.schema != table.schema:
            hindrance = "it lies in another schema than the table"
        yield Gap("sequence", table, f"sequence {name} has no owner", (step,), hindrance=hindrance)


GAP = GapKind(20, _find)
