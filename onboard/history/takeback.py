"""A rewriting that was cut off, or was a mistake -> files, rows and tables as they were before it.

What was cut off is put back, or found to be done; what is done is taken back only where nothing has changed since.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.db.backends.base.base import BaseDatabaseWrapper

from onboard.catalog.dsn import dsn_from_settings
from onboard.errors import Refused
from onboard.history import journal as journals_
from onboard.history.journal import BEGUN, DONE, TAKEN_BACK, Journal
from onboard.history.rewrite import Rewrite
from onboard.history.rows import of_apps, read_rows, rows_are
from onboard.history.unmaking import Kept, drop_statements, unmade
from onboard.project.files import File, tree_of


@dataclass(frozen=True, slots=True)
class Undo:
    """What taking back will do."""

    rewrite: Rewrite
    kept: tuple[Kept, ...]  # tables that `adopt` made and that stay


def recover(root: Path, connection: BaseDatabaseWrapper) -> Journal | None:
    """Put back, or complete, a rewriting that was cut off; None where there was none.

    Refused where neither its old nor its new rows are there: somebody has changed them since.
    """
    cut_off = [one for one in journals_.journals(root) if one.phase == BEGUN]
    if not cut_off:
        return None
    journal = cut_off[-1]
    _same_database(journal, connection)
    rows = of_apps(read_rows(connection), journal.apps)
    if rows_are(rows, journal.rows_before):
        journals_.put_files(journal, root, new=False)
        return journals_.finish(journal, root, TAKEN_BACK)
    if rows_are(rows, journal.rows_after):
        journals_.put_files(journal, root, new=True)
        return journals_.finish(journal, root, DONE)
    raise Refused(
        f"`{journal.command}` of {_named(journal)} was cut off, and its rows have changed since.",
        where=str(journal.path),
        remedy="Compare `django_migrations` with the backup in that file, then move the file away.",
    )


def undo(root: Path, connection: BaseDatabaseWrapper, apps: tuple[str, ...]) -> Undo:
    """Return what takes the last rewriting of these apps back: rows with their ids and times, files, and empty tables.

    Refused where there is none, or where rows or files have changed since.
    """
    journal = _last(root, apps)
    _same_database(journal, connection)
    rows = of_apps(read_rows(connection), journal.apps)
    if not rows_are(rows, journal.rows_after):
        raise Refused(
            f"The rows of {_named(journal)} have changed since `{journal.command}`.",
            where=str(journal.path),
            remedy="Take later migrations back first (`manage.py migrate APP NAME`).",
        )
    if not journals_.files_are(journal, root, new=True):
        raise Refused(
            f"The files of {_named(journal)} have changed since `{journal.command}`.",
            where=str(journal.path),
            remedy="Take the later changes back first (`git diff` shows them).",
        )
    texts = [(path, text) for path, text in journal.files_before]
    drops, kept = unmade(journal.made, journal.apps, connection)
    rewrite = Rewrite(
        "undo",
        journal.apps,
        tree_of(File(PurePosixPath(path), text) for path, text in texts if text is not None),
        tuple(path for path, text in texts if text is None),
        rows,
        journal.rows_before,
        drop_statements(drops, connection),
        drops=drops,
        undoes=journal.batch,
    )
    return Undo(rewrite, kept)


def _last(root: Path, apps: tuple[str, ...]) -> Journal:
    every = [one for one in journals_.journals(root) if one.phase == DONE]
    undone = {one.undoes for one in every}
    done = [one for one in every if one.command != "undo" and one.batch not in undone]
    mine = [one for one in done if set(apps) & set(one.apps)] if apps else done
    if not mine:
        raise Refused("There is nothing to take back here.", where=str(root / journals_.FOLDER))
    return mine[-1]


def _same_database(journal: Journal, connection: BaseDatabaseWrapper) -> None:
    here = dsn_from_settings(connection.settings_dict).describe()
    if journal.database != here:
        raise Refused(
            f"`{journal.command}` of {_named(journal)} ran on `{journal.database}`, not on `{here}`.",
            where=str(journal.path),
            remedy="Point the settings at that database, or move the file away.",
        )


def _named(journal: Journal) -> str:
    return ", ".join(f"`{app}`" for app in journal.apps)
