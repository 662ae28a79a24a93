"""What one run of `generate` will write: the app's files merged with the person's, the baseline, and onboard's own."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onboard.cli.django_project import has_project
from onboard.cli.follow_changes import Follow, following, frozen_paths, has_later_steps
from onboard.cli.project_settings import is_baseline_applied
from onboard.cli.workspace import DDL, NAMES, file
from onboard.errors import BadInput
from onboard.project.files import File, FileTree, joined, tree_of
from onboard.project.record import GENERATED

if TYPE_CHECKING:
    from onboard.catalog.ddl import Ddl
    from onboard.cli.engine import Generated
    from onboard.cli.workspace import Workspace
    from onboard.project.record import AppRecord


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything to write and to take away, and what to tell the person about it."""

    tree: FileTree
    remove: tuple[str, ...]
    changed: tuple[str, ...]  # paths that will differ, sorted
    conflicts: tuple[str, ...]
    made_project: bool
    behind: str = ""  # why the migrations do not follow the database, where they would have to


def planned(workspace: Workspace, record: AppRecord, made: Generated) -> Changes:
    """Return what is to be written for the app; reads the folder, writes nothing."""
    from onboard.catalog.ddl import ddl_to_json
    from onboard.decisions.names_lock import lock_text, locked
    from onboard.migrations.baseline import baseline_files, record_of
    from onboard.migrations.baseline_record import record_text
    from onboard.project.app import app_files
    from onboard.project.format import formatted
    from onboard.project.record import record_to_json
    from onboard.project.regenerate import regenerated

    app = app_files(made.source, made.catalog, made.decisions, split=record.split, database=record.database)
    ddl = _ddl(workspace, record, made)
    baseline = baseline_files(made.source, made.catalog, made.decisions, ddl=ddl)
    project = None if has_project(workspace.root) else _project(made, record)
    trees = formatted(joined(app, baseline, *((project,) if project else ())))
    project_paths = {one.path for one in project.files} if project else set()
    own = FileTree(tuple(one for one in trees.files if one.path not in project_paths))
    is_first = not (workspace.root / record.app).is_dir()
    _check_split(workspace, record, own)
    baseline_paths = {one.path for one in baseline.files}
    is_frozen = _is_frozen(workspace, record, [one for one in own.files if one.path in baseline_paths])
    kept = frozen_paths(workspace, record) if is_frozen else frozenset()
    merged = regenerated(own, workspace.text, _known(workspace, record), frozen=kept, is_first=is_first)
    if is_frozen:
        follow = following(workspace, record, made, merged.tree, ddl)
    else:
        text = record_text(record_of(made.source, made.catalog, ddl))
        follow = Follow(FileTree((file(record.baseline_path, text),)))
    extra = [
        *follow.tree.files,
        file(record.path, record_to_json(record)),
        file(NAMES, lock_text(locked(made.decisions, workspace.lock()))),
        *(one for one in trees.files if one.path in project_paths),
        *((file(DDL, ddl_to_json(ddl)),) if ddl else ()),
    ]
    tree = joined(merged.tree, tree_of(extra))
    changed = [str(one.path) for one in tree.files if workspace.text(str(one.path)) != one.text]
    conflicts = (*merged.conflicts, *follow.conflicts)
    return Changes(
        tree=tree,
        remove=merged.remove,
        changed=tuple(sorted({*changed, *merged.remove})),
        conflicts=conflicts,
        made_project=project is not None,
        behind=follow.behind,
    )


def _ddl(workspace: Workspace, record: AppRecord, made: Generated) -> Ddl | None:
    """Return the DDL to make empty databases from, as recorded; read from `$DATABASE_URL` where no scan recorded it."""
    if record.baseline != "sql":
        return None
    recorded, place = workspace.ddl(), os.environ.get("DATABASE_URL")
    if recorded is None and place:
        from onboard.catalog.dsn import parse_dsn
        from onboard.catalog.read import read_ddl

        recorded = read_ddl(parse_dsn(place), made.catalog)
    if recorded is None or recorded.engine != made.catalog.engine:
        raise BadInput(
            "The database's own DDL has not been read.",
            where="`--baseline sql`",
            remedy="Run `onboard scan --ddl DSN`, or set `DATABASE_URL`.",
        )
    return recorded


def _project(made: Generated, record: AppRecord) -> FileTree:
    from onboard.project.skeleton import project_files

    return project_files(
        made.source,
        made.catalog,
        made.decisions,
        django=f"Django>={record.django}",
        is_one_database=record.is_one_database,
    )


def _known(workspace: Workspace, record: AppRecord) -> tuple[str, ...]:
    """Return the paths of the app's files that were generated last time."""
    root = workspace.root / GENERATED
    found = (path for path in (root / record.app).rglob("*") if path.is_file())
    return tuple(sorted(path.relative_to(root).as_posix() for path in found))


def _is_frozen(workspace: Workspace, record: AppRecord, baseline: list[File]) -> bool:
    """Say whether the baseline would now be different but may not be written again, so that migrations follow it.

    It may while it is the app's only migration, byte for byte what onboard wrote, and not recorded as applied.
    """
    from onboard.migrations.baseline import may_rewrite_baseline

    folder = f"{record.app}/migrations"
    existing = _texts(workspace, folder)
    if "0001_initial.py" not in existing:
        return False
    if not has_later_steps(workspace, record) and all(workspace.text(str(one.path)) == one.text for one in baseline):
        return False
    may = may_rewrite_baseline(existing, _texts(workspace, f"{GENERATED}/{folder}"))
    return not may or bool(is_baseline_applied(workspace.root, record.app))


def _texts(workspace: Workspace, folder: str) -> dict[str, str]:
    """Return the text of every Python file of a folder by its name; empty where there is none."""
    found = sorted((workspace.root / folder).glob("*.py"))
    return {path.name: workspace.text(f"{folder}/{path.name}") or "" for path in found}


def _check_split(workspace: Workspace, record: AppRecord, own: FileTree) -> None:
    """BadInput where `--split` is turned on or off although the models have been edited: edits cannot move along."""
    path = f"{record.app}/models.py"
    if not record.split or (mine := workspace.text(path)) is None:
        folder = workspace.root / record.app / "models"
        edited = [] if record.split or not folder.is_dir() else sorted(folder.glob("*.py"))
        paths = [one.relative_to(workspace.root).as_posix() for one in edited]
        if all(workspace.text(one) == workspace.text(f"{GENERATED}/{one}") for one in paths):
            return
    elif mine == workspace.text(f"{GENERATED}/{path}"):
        return
    raise BadInput(
        "The models have been edited, or tables promoted, so they cannot be moved to other files.",
        where=path,
        remedy=f"Run `onboard generate` with `{'--no-split' if record.split else '--split'}`, as before.",
    )
