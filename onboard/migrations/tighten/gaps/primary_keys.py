"""A model stands on a key that PostgreSQL does not declare.

Django groups by the key of a table it owns, which PostgreSQL refuses where it is not declared: so this comes first.
"""

from __future__ import annotations

from collections.abc import Iterator

from onboard.catalog.structure import TableName
from onboard.migrations.tighten.gap import Gap, GapKind, Step
from onboard.migrations.tighten.names import words
from onboard.migrations.tighten.questions import duplicates, nulls
from onboard.migrations.tighten.scene import Scene, column_of


def _find(scene: Scene, table: TableName) -> Iterator[Gap]:
    if not scene.lacks_key(table):
        return
    columns, model = scene.key(table), scene.models[table]
    nullable = {column.name for column in scene.tables[table].columns if column.is_nullable}
    operations = [
        scene.operations.SetNotNull(model.__name__, field.name, scene.name(table, f"{table.name}_{field.name}_set"))
        for field in model._meta.pk_fields
        if column_of(field) in nullable
    ]
    name = scene.name(table, f"{table.name}_pkey")
    step = Step(
        words(table.name, "pkey"),
        f"Declare the primary key of {table}: ({', '.join(columns)}).",
        scene.lock("ACCESS EXCLUSIVE for moments; the index is built and rows are read while others read and write."),
        (*operations, scene.operations.AddPrimaryKey(model.__name__, name)),
    )
    questions = (duplicates(table, columns), nulls(table, columns))
    yield Gap("primary_key", table, f"primary key ({', '.join(columns)}) is not declared", (step,), questions)


GAP = GapKind(10, _find, is_before_promotion=True)
