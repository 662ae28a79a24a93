"""An index whose building was cut off: it costs every write, serves no query and, if unique, promises nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onboard.catalog.structure import Index, TableKind, TableName
from onboard.migrations.tighten.gap import Gap, GapKind, Question, Step
from onboard.migrations.tighten.names import words
from onboard.migrations.tighten.questions import duplicates
from onboard.migrations.tighten.scene import Scene

_CREATE = re.compile(r"^(CREATE (?:UNIQUE )?INDEX)")


def _find(scene: Scene, table: TableName) -> Iterator[Gap]:
    found = scene.tables[table]
    for index in found.indexes if found.kind is TableKind.TABLE and not scene.is_sqlite else ():
        if index.is_valid:
            continue
        questions = _questions(table, index)
        step = Step(
            words(index.name, "rebuilt"),
            f"Rebuild the index {index.name} of {table}, whose building was cut off.",
            "SHARE UPDATE EXCLUSIVE while the index is built: others read and write meanwhile.",
            (
                scene.operations.RebuildIndex(
                    scene.models[table].__name__,
                    index.name,
                    _CREATE.sub(r"\1 CONCURRENTLY", index.definition),
                    *(question.show for question in questions),
                ),
            ),
        )
        yield Gap("index_invalid", table, f"index {index.name} is not valid", (step,), questions)


def _questions(table: TableName, index: Index) -> tuple[Question, ...]:
    """Duplicates, where the index is over all rows and plain columns; of others the server says it as it builds."""
    if not index.is_unique or index.nulls_not_distinct or not index.is_plain:
        return ()
    return (duplicates(table, index.columns),)


GAP = GapKind(60, _find)
