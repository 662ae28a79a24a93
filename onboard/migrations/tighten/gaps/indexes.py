"""A relation without an index that begins with it: deleting a parent reads the whole table."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.migrations.operations import AddIndex
from django.db.models import Index

from onboard.catalog.structure import TableKind, TableName
from onboard.merge.field_arguments import MetaEntry
from onboard.migrations.text import text_literal
from onboard.migrations.tighten.gap import Gap, GapKind, Step
from onboard.migrations.tighten.names import words
from onboard.migrations.tighten.scene import AnyField, Scene, column_of

_NAME_LENGTH = Index.max_name_length


def _find(scene: Scene, table: TableName) -> Iterator[Gap]:
    for relation in scene.relations(table):
        column = column_of(relation)
        if not _is_led(scene, table, column):
            hindrance = ""
            if scene.tables[table].kind is TableKind.PARTITIONED:
                hindrance = "on a partitioned table no index can be built while others write"
            yield Gap("index", table, f"({column}) has no index", (_step(scene, table, relation),), hindrance=hindrance)


def _is_led(scene: Scene, table: TableName, column: str) -> bool:
    """Whether an index begins with the column, or the key does that is about to be declared."""
    leading = {index.columns[:1] for index in scene.tables[table].indexes if index.is_valid and index.is_plain}
    if scene.is_sqlite and scene.tables[table].primary_key:
        leading.add(scene.key(table)[:1])
    return (column,) in leading or (scene.lacks_key(table) and scene.key(table)[:1] == (column,))


def _step(scene: Scene, table: TableName, relation: AnyField) -> Step:
    model, column = scene.models[table].__name__, column_of(relation)
    # A name of Django's kind: short, of plain letters, and never a digit or underscore first.
    name = scene.name(table, f"ix_{words(table.name, column)}", length=_NAME_LENGTH)
    index = Index(fields=[relation.name], name=name)
    source = f"models.Index(fields=[{text_literal(relation.name)}], name={text_literal(name)})"
    add = _add_index(scene, f"{table}{column}")
    lock = "SHARE UPDATE EXCLUSIVE while the index is built: others read and write meanwhile."
    return Step(
        words(table.name, column, "index"),
        f"Build an index over {table} ({column}).",
        "The whole file while the index is built." if scene.is_sqlite else lock,
        (add(model, index),),
        (MetaEntry(model, "indexes", source),),
    )


def _add_index(scene: Scene, names: str) -> type[AddIndex]:
    """Return Django's own operation wherever it does; what it makes of a `%` is no name of the database's."""
    if not scene.is_sqlite:
        found: type[AddIndex] = scene.operations.AddIndexConcurrently
    else:
        found = scene.operations.AddPlainIndex if "%" in names else AddIndex
    return found


GAP = GapKind(50, _find)
