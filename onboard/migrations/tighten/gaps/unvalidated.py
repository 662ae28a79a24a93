"""A foreign key that counts for new rows only: NOT VALID, and never validated."""

from __future__ import annotations

from collections.abc import Iterator

from onboard.catalog.structure import ForeignKey, TableKind, TableName
from onboard.migrations.tighten.gap import Gap, GapKind, Orphans
from onboard.migrations.tighten.gaps.foreign_keys import validation_step
from onboard.migrations.tighten.orphans import orphan_steps
from onboard.migrations.tighten.questions import orphans
from onboard.migrations.tighten.scene import Scene, column_of

_COMPOSITE = "the key has several columns, of which onboard empties none by itself"


def _find(scene: Scene, table: TableName) -> Iterator[Gap]:
    found = scene.tables[table]
    for key in found.foreign_keys if found.kind is not TableKind.PARTITIONED else ():
        if key.is_valid or scene.is_sqlite:
            continue
        question = orphans(table, key)
        yield Gap(
            "foreign_key_unvalidated",
            table,
            f"foreign key {key.name} counts for new rows only",
            (),
            (question,),
            orphans=_orphans(scene, table, key),
            validation=validation_step(scene, table, key.name, question.show),
        )


def _orphans(scene: Scene, table: TableName, key: ForeignKey) -> Orphans:
    for relation in scene.relations(table):
        if (column_of(relation),) == key.columns:
            return orphan_steps(scene, table, relation, key, definition=key.definition)
    return Orphans(_COMPOSITE, _COMPOSITE)


GAP = GapKind(45, _find)
