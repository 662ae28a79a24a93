"""What `promote`, `demote`, `verify`, `status` and `plan` share: the project loaded, the app found, results worded."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onboard.cli import console
from onboard.cli.django_project import lines_to_add, set_up
from onboard.cli.text import one_line
from onboard.errors import BadInput, Refused

if TYPE_CHECKING:
    from django.db.migrations import Migration

    from onboard.catalog.structure import Catalog, TableName
    from onboard.cli.workspace import Workspace
    from onboard.project.files import FileTree
    from onboard.verify.differences import Difference
    from onboard.verify.readiness import Readiness
    from onboard.verify.subject import Subject


_SHOWN = 30  # tables listed one by one; the migration names them all


@dataclass(frozen=True, slots=True)
class Opened:
    """The app in the project, beside the catalogue it is held against."""

    subject: Subject
    catalog: Catalog  # as the database is now, or as the last scan recorded it
    estimates: tuple[tuple[TableName, int], ...]
    is_live: bool


def app_in_project(workspace: Workspace, app: str | None, *, alias: str | None) -> Subject:
    """Load the project and find the app in it, beside the last scan; Refused while the settings lack it."""
    from onboard.verify.subject import subject

    record, recorded = workspace.record(app), workspace.catalog()
    set_up(workspace.root)
    return subject(record.app, recorded, alias=alias, installed=lines_to_add(record.app, ()))


def opened(
    workspace: Workspace, app: str | None, *, alias: str | None, offline: bool, dsn: str | None = None
) -> Opened:
    """Load the project and read its database, or the one of `dsn`, or with `offline` only the recorded scan."""
    from onboard.catalog.dsn import dsn_from_settings, parse_dsn
    from onboard.verify.live import live_snapshot

    found = app_in_project(workspace, app, alias=alias)
    recorded = workspace.catalog()
    if offline:
        return Opened(found, recorded, _recorded_estimates(workspace), is_live=False)
    place = parse_dsn(dsn) if dsn else dsn_from_settings(found.settings)
    if place.engine != recorded.engine:
        raise Refused(
            f"The database is of the kind `{place.engine}`, the scanned one was `{recorded.engine}`.",
            remedy="Structures of two kinds cannot be held against each other.",
        )
    console.progress(f"Reading the structure of `{place.describe()}`")
    snapshot = live_snapshot(place, recorded)
    return Opened(found, snapshot.catalog, snapshot.row_estimates, is_live=True)


def board(workspace: Workspace, found: Opened) -> tuple[Readiness, ...]:
    """Return how far every table of the app is, proven against the catalogue."""
    from onboard.verify.readiness import readiness

    proven = differences(found, sorted(found.subject.models), as_managed=True)
    proposals = workspace.evidence().proposals if workspace.text(".onboard/evidence.json") else None
    return readiness(found.subject, found.catalog, proven, estimates=found.estimates, proposals=proposals)


def _recorded_estimates(workspace: Workspace) -> tuple[tuple[TableName, int], ...]:
    return workspace.evidence().row_estimates if workspace.text(".onboard/evidence.json") else ()


def tables_asked_for(workspace: Workspace, tables: Sequence[str]) -> tuple[TableName, ...]:
    """Return the scanned tables of these names, each once, in the order given; BadInput where one is unknown."""
    from onboard.cli.tables import table_named

    catalog = workspace.catalog()
    return tuple(dict.fromkeys(table_named(catalog, text) for text in tables))


def with_model(subject: Subject, tables: Iterable[TableName]) -> None:
    """BadInput where a scanned table has no model in the app."""
    for table in tables:
        if table not in subject.models:
            raise BadInput(
                f"Table `{table}` has been scanned but has no model in `{subject.app_label}`.",
                remedy="Run `onboard generate`; `onboard status` lists the tables that have one.",
            )


def differences(found: Opened, tables: Iterable[TableName], *, as_managed: bool) -> tuple[Difference, ...]:
    """Return where the models of these tables and the catalogue part, or could not be compared."""
    from onboard.verify.verify import verify

    models = [found.subject.models[table] for table in tables]
    return verify(
        models, found.catalog, connection=found.subject.connection, as_managed=as_managed, with_uncompared=True
    )


def counter_differences(found: Opened, tables: Iterable[TableName]) -> tuple[Difference, ...]:
    """Return which counters of these tables are behind their rows: asks the live database for each greatest key."""
    from onboard.verify.counters import as_difference, counters_behind

    subject = found.subject
    models = [subject.models[table] for table in tables]
    behind = counters_behind(models, found.catalog, subject.connection, subject.located)
    return tuple(as_difference(one) for one in behind)


def show_diff(workspace: Workspace, tree: FileTree) -> None:
    """Print what writing the tree would change, as a unified diff."""
    for file in tree.files:
        before = _lines(workspace, str(file.path))
        after = file.text.splitlines(keepends=True)
        source = f"a/{file.path}" if before else "/dev/null"
        for line in difflib.unified_diff(before, after, source, f"b/{file.path}"):
            console.document(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")


def _lines(workspace: Workspace, path: str) -> list[str]:
    try:
        return (workspace.root / path).read_bytes().decode().splitlines(keepends=True)
    except FileNotFoundError:
        return []


def show_files(tree: FileTree) -> None:
    """Print what was written."""
    for file in tree.files:
        console.say(f"Wrote {file.path}")


def show_tables(verb: str, subject: Subject, tables: Sequence[TableName]) -> None:
    """Print what was done to which tables, the first of many."""
    for table in tables[:_SHOWN]:
        console.say(one_line(f"{verb} {table} ({subject.models[table].__name__})"))
    if len(tables) > _SHOWN:
        console.say(f"... and {len(tables) - _SHOWN} more")


def show_sql(subject: Subject, migrations: Sequence[Migration]) -> None:
    """Print the SQL of the migrations, as `sqlmigrate` finds it, and what they lock."""
    from onboard.migrations.promotion import statements

    lines = statements(subject.history, migrations, subject.connection)
    names = ", ".join(migration.name for migration in migrations[:3]) + (", ..." if len(migrations) > 3 else "")
    if not lines:
        console.say(f"SQL of {names}: none. It locks nothing and changes no table: only Django's record changes.")
        return
    console.say(f"SQL of {names}:")
    for line in lines:
        console.say(f"  {one_line(line)}")


def show_pending(subject: Subject) -> None:
    """Print what `migrate` will do on the database now; silent about what cannot be asked."""
    from django.db import Error

    from onboard.migrations.promotion_pending import obstacle, pending

    importlib.invalidate_caches()
    try:
        plan = pending(subject.connection, subject.app_label)
        reason = obstacle(subject.connection)
    except Error as error:
        console.warn(f"The database could not be asked what it has applied: {one_line(str(error))}")
        return
    database = "" if subject.alias == "default" else f" --database {subject.alias}"
    own = [name for label, name in plan.migrations if label == subject.app_label]
    others = sorted({label for label, _ in plan.migrations if label != subject.app_label})
    console.say(f"`manage.py migrate{database}` will apply:")
    for name in own:
        console.say(f"  {subject.app_label}.{name}")
    if others:
        console.say(f"  {len(plan.migrations) - len(own)} migrations of {', '.join(others)}")
    if not plan.migrations:
        console.say("  nothing: all is applied")
    if plan.new_tables:
        console.say(f"and make these tables of Django's own: {', '.join(plan.new_tables)}.")
    if reason:
        console.warn(
            f"`migrate` will fail on this file until its foreign keys hold: {one_line(reason)}. "
            "`pragma foreign_key_check` in sqlite3 lists what is broken."
        )
