"""What a promotion writes beside the migration: the statements that make the promoted tables in an empty database.

From now on they keep this shape, so it must be the one that was proven: others may have changed a table, and a person
its model, since the statements were written.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from onboard.cli.workspace import file
from onboard.project.files import FileTree, joined, tree_of

if TYPE_CHECKING:
    from onboard.catalog.structure import Catalog, TableName
    from onboard.cli.workspace import Workspace
    from onboard.migrations.baseline_record import BaselineRecord
    from onboard.project.record import AppRecord


def promoted_shapes(
    workspace: Workspace, record: AppRecord, catalog: Catalog, tables: Collection[TableName]
) -> FileTree:
    """Return the statements and their record; empty where the tables are made as they are, or nothing is recorded."""
    from onboard.migrations.baseline import statement_files
    from onboard.migrations.baseline_record import read_record, record_text, reshaped
    from onboard.project.format import formatted
    from onboard.project.regenerate import regenerated

    text = workspace.text(record.baseline_path)
    if text is None:
        return FileTree(())
    before = read_record(text, where=record.baseline_path)
    after = _with_ddl(workspace, before, reshaped(before, catalog, tables), tables)
    if after == before:
        return FileTree(())
    statements = regenerated(formatted(statement_files(record.app, after)), workspace.text, ())
    return joined(statements.tree, tree_of([file(record.baseline_path, record_text(after))]))


def _with_ddl(
    workspace: Workspace, before: BaselineRecord, after: BaselineRecord, tables: Collection[TableName]
) -> BaselineRecord:
    """Return the record in which these tables have the words of the last scan, too."""
    from onboard.catalog.ddl import kept

    scanned = workspace.ddl()
    if before.ddl is None or scanned is None or after == before:
        return after
    frozen = {one.table for one in before.entries if one.is_frozen}
    return replace(after, ddl=kept(scanned, before.ddl, {*tables} - frozen))
