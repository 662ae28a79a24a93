"""A foreign key with orphans -> the step that sets them aside, or why that cannot be done so that it can be undone."""

from __future__ import annotations

from onboard.catalog.structure import ForeignKey, TableName
from onboard.migrations.tighten.gap import Orphans, Step
from onboard.migrations.tighten.names import words
from onboard.migrations.tighten.scene import AnyField, Scene, column_of

_UNDOABLE = ("no action", "restrict")


def orphan_steps(
    scene: Scene, table: TableName, relation: AnyField, key: ForeignKey, *, definition: str = ""
) -> Orphans:
    """Return what can be done about the orphans; `definition` is that of a key that is there, in the server's words."""
    model = scene.models[table].__name__
    kept = scene.name(table, f"onboard_orphans_{table.name}_{key.columns[0]}")

    def step(action: str) -> Step:
        done = "Delete" if action == "delete" else f"Set {key.columns[0]} to NULL in"
        extra = (definition,) if definition else ()
        return Step(
            words(table.name, key.columns[0], "orphans"),
            f"{done} rows of {table} whose {key.columns[0]} is not in {key.references}; {kept} keeps them.",
            "Row locks, 1000 rows a transaction.",
            (scene.operations.SetOrphansAside(model, relation.name, action, kept, key.name, *extra),),
        )

    found = scene.tables[table]
    if found.triggers:
        reason = f"triggers act on {table}, and what they do could not be undone: {', '.join(found.triggers)}"
        return Orphans(reason, reason)
    return Orphans(
        _null_hindrance(scene, table, relation) or step("null"), _delete_hindrance(scene, table) or step("delete")
    )


def _null_hindrance(scene: Scene, table: TableName, relation: AnyField) -> str:
    column = scene.tables[table].column(column_of(relation))
    if not column.is_nullable or column.name in scene.key(table):
        return f"{column.name} takes no NULL"
    return ""


def _delete_hindrance(scene: Scene, table: TableName) -> str:
    for other in scene.catalog.tables:
        for key in other.foreign_keys:
            if key.references == table and key.on_delete not in _UNDOABLE:
                return f"rows of {other.name} would go or change with them ({key.name}, on delete {key.on_delete})"
    for name in scene.models:
        declared = {key.columns for key in scene.tables[name].foreign_keys} if name in scene.tables else set()
        for relation in scene.relations(name) if name in scene.tables else ():
            if scene.target(relation)[0] == table and (column_of(relation),) not in declared:
                return f"rows of {name} may refer to them without a constraint, and would be orphans next"
    return ""
