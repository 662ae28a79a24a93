"""A foreign key of several columns that was accepted and not declared: a model has no word for it, the database has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onboard.catalog.structure import ForeignKey, TableKind, TableName
from onboard.migrations.tighten.gap import Gap, GapKind, Orphans, Step
from onboard.migrations.tighten.gaps.foreign_keys import validation_step
from onboard.migrations.tighten.joinable import are_joinable
from onboard.migrations.tighten.names import words
from onboard.migrations.tighten.questions import orphans
from onboard.migrations.tighten.scene import Scene, column_of

_COMPOSITE = "the key has several columns, of which onboard empties none by itself"


def _find(scene: Scene, table: TableName) -> Iterator[Gap]:
    declared = {(key.columns, key.references) for key in scene.tables[table].foreign_keys}
    for of, key in scene.composites:
        if of == table and (key.columns, key.references) not in declared:
            yield _gap(scene, table, key)


def _gap(scene: Scene, table: TableName, key: ForeignKey) -> Gap:
    sentence = f"({', '.join(key.columns)}) refer to {key.references} without a constraint"
    if hindrance := _hindrance(scene, table, key):
        return Gap("foreign_key", table, sentence, hindrance=hindrance)
    wanted = replace(key, name=scene.name(table, f"{table.name}_{'_'.join(key.columns)}_fkey"))
    question = orphans(table, wanted)
    step = _step(scene, table, wanted)
    if scene.is_sqlite:
        return Gap("foreign_key", table, sentence, (step,), (question,), references=key.references)
    return Gap(
        "foreign_key",
        table,
        sentence,
        (step,),
        (question,),
        references=key.references,
        orphans=Orphans(_COMPOSITE, _COMPOSITE),
        validation=validation_step(scene, table, wanted.name, question.show),
    )


def _step(scene: Scene, table: TableName, key: ForeignKey) -> Step:
    operation = scene.operations.AddForeignKeyOver(
        scene.models[table].__name__,
        _names(scene, table, key.columns),
        scene.models[key.references].__name__,
        _names(scene, key.references, key.referenced_columns),
        key.name,
        key.on_delete,
    )
    return Step(
        words(table.name, *key.columns, "fkey"),
        f"Let {table} ({', '.join(key.columns)}) refer to {key.references} ({', '.join(key.referenced_columns)})"
        + ("." if scene.is_sqlite else ": new rows, for now."),
        scene.lock("SHARE ROW EXCLUSIVE on both tables for a moment: writes wait, reads do not."),
        (operation,),
    )


def _names(scene: Scene, table: TableName, columns: tuple[str, ...]) -> list[str]:
    fields = {column_of(field): str(field.name) for field in scene.fields(table)}
    return [fields[column] for column in columns]


def _hindrance(scene: Scene, table: TableName, key: ForeignKey) -> str:
    parent, own = scene.tables.get(key.references), scene.tables[table]
    if key.references not in scene.models or parent is None or parent.kind is not TableKind.TABLE:
        return f"{key.references} is no table that a foreign key can refer to"
    if own.kind is TableKind.PARTITIONED:
        return "a partitioned table takes no foreign key that is validated later"
    for here, there in zip(key.columns, key.referenced_columns, strict=True):
        one, other = own.column(here).type, parent.column(there).type
        if not scene.is_sqlite and not are_joinable(one, other):
            return f"the types differ: {here} is {one.sql}, {there} {other.sql}"
    keys = [one.columns for one in (parent.primary_key, *parent.uniques) if one and not one.is_deferrable]
    keys += [index.columns for index in parent.indexes if index.is_unique and index.is_valid and index.is_plain]
    keys += [scene.key(key.references)] if key.references in scene.chosen and scene.lacks_key(key.references) else []
    if not any(sorted(one) == sorted(key.referenced_columns) for one in keys):
        return f"{key.references} declares no key over {', '.join(key.referenced_columns)}"
    return ""


GAP = GapKind(42, _find)
