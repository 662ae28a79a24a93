"""What `generate` writes beside the models where `0001_initial` is in use: statements, and a migration that follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onboard.cli.following import NotAsked, ask
from onboard.cli.workspace import file
from onboard.errors import BadInput
from onboard.project.files import FileTree, joined, tree_of
from onboard.project.record import GENERATED

if TYPE_CHECKING:
    from onboard.catalog.ddl import Ddl
    from onboard.cli.engine import Generated
    from onboard.cli.workspace import Workspace
    from onboard.migrations.baseline_record import BaselineRecord
    from onboard.migrations.follow import Followed
    from onboard.project.record import AppRecord

DDL = "_baseline_sql"
_MAX = "max_migration.txt"  # django-linear-migrations keeps the name of the last migration in it


@dataclass(frozen=True, slots=True)
class Follow:
    """The files to write, what could not be merged, and why no migration was written where one is needed."""

    tree: FileTree
    conflicts: tuple[str, ...] = ()
    behind: str = ""


def frozen_paths(workspace: Workspace, record: AppRecord) -> frozenset[str]:
    """Return the paths of the first migration and of all modules of statements: merging the app leaves them alone."""
    names = {"0001_initial.py", "_baseline.py", f"{DDL}.py", *_later_steps(workspace, record)}
    return frozenset(f"{record.app}/migrations/{name}" for name in names)


def has_later_steps(workspace: Workspace, record: AppRecord) -> bool:
    """Whether a migration after the first one makes tables."""
    return bool(_later_steps(workspace, record))


def _later_steps(workspace: Workspace, record: AppRecord) -> list[str]:
    folder = workspace.root / GENERATED / record.app / "migrations"
    return [path.name for path in folder.glob("_baseline_[0-9]*.py")]


def following(
    workspace: Workspace, record: AppRecord, made: Generated, merged: FileTree, ddl: Ddl | None = None
) -> Follow:
    """Return what follows from the app's sources as merged; asks the project only where something is new."""
    from onboard.migrations.baseline import model_names, needed, needed_ddl
    from onboard.migrations.baseline_record import followed, read_record

    models = model_names(made.source)
    catalog = needed(made.catalog, models)
    ddl = needed_ddl(ddl, made.catalog, catalog) if ddl else None
    texts = {
        str(one.path): one.text for one in merged.files if one.path.suffix == ".py" and one.path.parts[0] == record.app
    }
    known = workspace.text(record.baseline_path)
    if known is None:
        why = f"`{record.baseline_path}` is not there" if _differs(workspace, texts) else ""
        return Follow(FileTree(()), behind=why)
    before = read_record(known, where=record.baseline_path)
    if followed(before, catalog, models, promoted=(), step="", ddl=ddl) == before and not _differs(workspace, texts):
        return Follow(FileTree(()))
    new_tables = sorted({table.name.name for table in catalog.tables if table.name not in before.tables})
    try:
        answer = ask(workspace.root, record.app, texts, new_tables=new_tables)
    except NotAsked as error:
        return Follow(FileTree(()), behind=str(error).rstrip("."))
    made_by_others = {
        one.name for one in catalog.tables if one.name not in before.tables and one.name.name in answer.owned
    }
    catalog = replace(catalog, tables=tuple(one for one in catalog.tables if one.name not in made_by_others))
    after = followed(before, catalog, models, promoted=answer.promoted, step=answer.name, ddl=ddl)
    if ddl is not None and after.ddl is None:
        raise BadInput(
            "Tables have been promoted, so the DDL of today is no longer what their migrations begin with.",
            where="`--baseline sql`",
            remedy="Go on with `onboard generate --baseline catalogue`.",
        )
    return _written(workspace, record, answer, after)


def _written(workspace: Workspace, record: AppRecord, answer: Followed, after: BaselineRecord) -> Follow:
    from onboard.migrations.baseline import statement_files
    from onboard.migrations.baseline_record import record_text
    from onboard.project.format import formatted
    from onboard.project.regenerate import regenerated

    folder = f"{record.app}/migrations"
    statements = regenerated(formatted(statement_files(record.app, after)), workspace.text, ())
    migration = [file(f"{folder}/{answer.name}.py", answer.text)] if answer.text else []
    others = [file(record.baseline_path, record_text(after))]
    if migration and workspace.text(f"{folder}/{_MAX}") is not None:
        others.append(file(f"{folder}/{_MAX}", f"{answer.name}\n"))
    tree = joined(statements.tree, formatted(tree_of(migration)), tree_of(others))
    return Follow(tree, statements.conflicts)


def _differs(workspace: Workspace, texts: dict[str, str]) -> bool:
    return any(workspace.text(path) != text for path, text in texts.items())
