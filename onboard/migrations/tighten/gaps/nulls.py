"""A column that a person wants NOT NULL. Nobody else asks for it: that no row holds NULL today promises nothing."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.catalog.structure import TableName
from onboard.merge.field_arguments import FieldArgument
from onboard.migrations.tighten.gap import Gap, GapKind, Step
from onboard.migrations.tighten.names import words
from onboard.migrations.tighten.questions import nulls
from onboard.migrations.tighten.scene import AnyField, Scene, column_of


def _find(scene: Scene, table: TableName) -> Iterator[Gap]:
    nullable = {column.name for column in scene.tables[table].columns if column.is_nullable}
    key = scene.key(table)
    for field in scene.fields(table):
        column = column_of(field)
        if (table, column) not in scene.not_null or column not in nullable or column in key:
            continue
        yield Gap(
            "not_null",
            table,
            f"{column} takes NULL",
            (_step(scene, table, field),),
            (nulls(table, (column,)),),
        )


def _step(scene: Scene, table: TableName, field: AnyField) -> Step:
    model, column = scene.models[table].__name__, column_of(field)
    edits = tuple(FieldArgument(model, field.name, name, None) for name in ("null", "blank"))
    name, title = words(table.name, column, "not_null"), f"Forbid NULL in {table}.{column}."
    check = scene.name(table, f"{table.name}_{column}_set")
    lock = "ACCESS EXCLUSIVE for moments; rows are read under SHARE UPDATE EXCLUSIVE while others read and write."
    return Step(name, title, scene.lock(lock), (scene.operations.SetNotNull(model, field.name, check),), edits)


GAP = GapKind(30, _find)
