"""A relation without a constraint behind it: inferred, accepted, and said with `db_constraint=False`."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.catalog.structure import ForeignKey, TableKind, TableName
from onboard.merge.field_arguments import FieldArgument
from onboard.migrations.tighten.gap import Gap, GapKind, Step
from onboard.migrations.tighten.joinable import are_joinable
from onboard.migrations.tighten.names import words
from onboard.migrations.tighten.orphans import orphan_steps
from onboard.migrations.tighten.questions import orphans
from onboard.migrations.tighten.scene import AnyField, Scene, column_of


def _find(scene: Scene, table: TableName) -> Iterator[Gap]:
    declared = {key.columns for key in scene.tables[table].foreign_keys}
    for relation in scene.relations(table):
        if not relation.db_constraint and (column_of(relation),) not in declared:
            yield _gap(scene, table, relation)


def _gap(scene: Scene, table: TableName, relation: AnyField) -> Gap:
    column, (parent, key) = column_of(relation), scene.target(relation)
    sentence = f"({column}) refers to {parent} ({key}) without a constraint"
    hindrance = _hindrance(scene, table, column, parent, key)
    if hindrance:
        return Gap("foreign_key", table, sentence, hindrance=hindrance)
    wanted = ForeignKey(scene.name(table, f"{table.name}_{column}_fkey"), (column,), parent, (key,))
    question = orphans(table, wanted)
    if scene.is_sqlite:  # all rows count at once, and Django ends each migration with a look at all of them
        return Gap("foreign_key", table, sentence, (_step(scene, table, relation, wanted),), (question,), "", parent)
    if scene.tables[table].kind is TableKind.PARTITIONED:
        step = _step_of_partitions(scene, table, relation, wanted, question.show)
        return Gap("foreign_key", table, sentence, (step,), (question,), references=parent)
    validation = validation_step(scene, table, wanted.name, question.show)
    return Gap(
        "foreign_key",
        table,
        sentence,
        (_step(scene, table, relation, wanted),),
        (question,),
        references=parent,
        orphans=orphan_steps(scene, table, relation, wanted),
        validation=validation,
    )


def _step(scene: Scene, table: TableName, relation: AnyField, key: ForeignKey) -> Step:
    model = scene.models[table].__name__
    action = _action(relation)
    arguments = (model, relation.name, key.name, *((action,) if action != "no action" else ()))
    return Step(
        words(table.name, key.columns[0], "fkey"),
        f"Let {table} ({key.columns[0]}) refer to {key.references} ({key.referenced_columns[0]})"
        + ("." if scene.is_sqlite else ": new rows, for now."),
        scene.lock("SHARE ROW EXCLUSIVE on both tables for a moment: writes wait, reads do not."),
        (scene.operations.AddForeignKey(*arguments),),
        (FieldArgument(model, relation.name, "db_constraint", None),),
    )


def _step_of_partitions(scene: Scene, table: TableName, relation: AnyField, key: ForeignKey, broken: str) -> Step:
    model = scene.models[table].__name__
    return Step(
        words(table.name, key.columns[0], "fkey"),
        f"Let {table} ({key.columns[0]}) refer to {key.references} ({key.referenced_columns[0]}), partitions first.",
        "SHARE ROW EXCLUSIVE on both tables for moments: writes wait, reads do not; SHARE UPDATE EXCLUSIVE while the"
        " rows of a partition are read.",
        (scene.operations.AddForeignKeyToPartitions(model, relation.name, key.name, _action(relation), broken),),
        (FieldArgument(model, relation.name, "db_constraint", None),),
    )


def _action(relation: AnyField) -> str:
    # DB_CASCADE and its like, from Django 6.1, leave the action to the database.
    return str(getattr(relation.remote_field.on_delete, "operation", None) or "no action").lower()


def validation_step(scene: Scene, table: TableName, name: str, broken: str) -> Step:
    """Return the migration that holds all rows against a foreign key that counts for new ones only."""
    return Step(
        words(name, "valid"),
        f"Hold every row of {table} against its foreign key {name}.",
        "SHARE UPDATE EXCLUSIVE while rows are read: others read and write meanwhile.",
        (scene.operations.Validate(scene.models[table].__name__, name, broken),),
    )


def _hindrance(scene: Scene, table: TableName, column: str, parent: TableName, key: str) -> str:
    target = scene.tables.get(parent)
    own = scene.tables[table]
    if target is None or target.kind not in (TableKind.TABLE, TableKind.PARTITIONED):
        return f"{parent} is no table that a foreign key can refer to"
    if not scene.is_sqlite and not are_joinable(own.column(column).type, target.column(key).type):
        return f"the types differ: {own.column(column).type.sql} here, {target.column(key).type.sql} there"
    if not _is_unique(scene, parent, key):
        return f"{parent} declares no key over {key}: `onboard promote {parent} --tighten` first"
    return ""


def _is_unique(scene: Scene, table: TableName, column: str) -> bool:
    found = scene.tables[table]
    keys = [found.primary_key] if found.primary_key else []
    if any(key.columns == (column,) and not key.is_deferrable for key in (*keys, *found.uniques)):
        return True
    if any(
        index.is_unique and index.is_valid and index.is_plain and index.columns == (column,) for index in found.indexes
    ):
        return True
    return table in scene.chosen and scene.lacks_key(table) and scene.key(table) == (column,)


GAP = GapKind(40, _find)
