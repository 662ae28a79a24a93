"""`onboard promote`: hands tables to Django, after proving that they are what their models say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onboard.cli import console
from onboard.cli.options import app_option, workspace_option
from onboard.cli.outcome import DoneInPart, Outcome
from onboard.cli.text import one_line
from onboard.errors import Refused

if TYPE_CHECKING:
    from onboard.catalog.structure import TableName
    from onboard.cli.commands._handover import Opened
    from onboard.cli.workspace import Workspace
    from onboard.verify.readiness import Readiness


@click.command("promote")
@click.argument("tables", nargs=-1, metavar="TABLE...")
@click.option("--all", "every", is_flag=True, help="Promote every table that can be; name the others.")
@click.option("--each", is_flag=True, help="Write one migration per table instead of one for all.")
@click.option("--dry-run", is_flag=True, help="Show the changes and the SQL; write nothing.")
@click.option("--offline", is_flag=True, help="Prove against the last scan instead of the database.")
@click.option("--database", metavar="ALIAS", help="The database of the settings to prove against.")
@click.option("--tighten", is_flag=True, help="Also add the keys, constraints and indexes that the tables lack.")
@click.option(
    "--orphans",
    type=click.Choice(["null", "delete", "keep"]),
    help="With --tighten: what becomes of rows that refer to nothing (default: stop, and show them).",
)
@click.option(
    "--not-null",
    "not_null",
    metavar="TABLE.COLUMN",
    multiple=True,
    help="With --tighten: forbid NULL here. Repeatable.",
)
@app_option
@workspace_option
def COMMAND(
    tables: tuple[str, ...],
    every: bool,
    each: bool,
    dry_run: bool,
    offline: bool,
    database: str | None,
    tighten: bool,
    orphans: str | None,
    not_null: tuple[str, ...],
    app: str | None,
    workspace: Workspace,
) -> Outcome:
    """Hand tables to Django: prove them, edit their models, write the migration.

    A table is `table` or `schema.table`, as the database spells it. The migration changes Django's record alone:
    no scanned table and no row. `manage.py migrate` applies it.
    """
    from onboard.cli.commands._handover import board, opened, tables_asked_for, with_model

    if every == bool(tables):
        raise click.UsageError("Give the tables to promote, or `--all`.")
    if (orphans or not_null) and not tighten:
        raise click.UsageError("`--orphans` and `--not-null` go with `--tighten`.")
    if tighten and offline:
        raise click.UsageError("`--tighten` counts rows in the database: it cannot be `--offline`.")
    asked = tables_asked_for(workspace, tables)
    found = opened(workspace, app, alias=database, offline=offline)
    with_model(found.subject, asked)
    wanted = tuple(sorted(found.subject.models)) if every else asked
    if tighten:
        from onboard.cli.commands._tightening import Wish, tightened

        wish = Wish(tables=wanted, every=every, each=each, dry_run=dry_run, orphans=orphans, not_null=not_null)
        return tightened(workspace, found, wish)
    open_tables = {table for table in wanted if not found.subject.is_promoted(table)}
    graded = [one for one in board(workspace, found) if one.table in open_tables]
    blocked = [one for one in graded if one.blockers]
    if blocked and not every:
        raise refusal(blocked)
    chosen = [one.table for one in graded if not one.blockers]
    if chosen:
        _hand_over(workspace, found, chosen, each=each, dry_run=dry_run)
    else:
        _say_nothing_to_do(wanted, blocked)
    return DoneInPart(tuple(f"{one.table}: {one.blockers[0].reason}" for one in blocked)) if blocked else None


def refusal(blocked: list[Readiness]) -> Refused:
    """Return what stands in the way of tables that were asked for by name."""
    lines = []
    for one in blocked:
        for blocker in one.blockers:
            lines.append(f"  {one_line(str(one.table))}: {one_line(blocker.reason)}")
            lines.extend([f"      {one_line(blocker.remedy)}"] if blocker.remedy else ())
    names = ", ".join(f"`{one.table}`" for one in blocked)
    return Refused(f"Not promoted: {names}.\n" + "\n".join(lines) + "\nNothing has been changed.")


def _hand_over(workspace: Workspace, found: Opened, tables: list[TableName], *, each: bool, dry_run: bool) -> None:
    from onboard.cli.commands._handover import show_diff, show_files, show_pending, show_sql, show_tables
    from onboard.cli.promoted_shapes import promoted_shapes
    from onboard.migrations.promotion import promotion
    from onboard.migrations.promotion_files import handover_files
    from onboard.project.files import joined
    from onboard.verify.readiness import steps

    subject = found.subject
    ordered = [table for step in steps(subject, found.catalog, tables) for table in step]
    migrations = promotion(subject.history, [subject.handover(table) for table in ordered], each=each)
    models = [subject.models[table] for table in ordered]
    shapes = promoted_shapes(workspace, workspace.record(found.subject.app_label), found.catalog, ordered)
    tree = joined(handover_files(workspace.root, migrations, models, managed=True), shapes)
    if dry_run:
        show_diff(workspace, tree)
        show_sql(subject, migrations)
        return
    workspace.save(tree)
    show_files(tree)
    show_tables("Promoted", subject, ordered)
    show_sql(subject, migrations)
    if found.is_live:
        show_pending(subject)
    else:
        console.say("Apply it with `manage.py migrate`.")


def _say_nothing_to_do(wanted: tuple[TableName, ...], blocked: list[Readiness]) -> None:
    if not wanted:
        console.say("The app has no tables. Nothing to do.")
    stuck = {one.table for one in blocked}
    done = [table for table in wanted if table not in stuck]
    if done:
        names = ", ".join(f"`{table}`" for table in done[:5]) + (", ..." if len(done) > 5 else "")
        console.say(f"Promoted already: {names}. Nothing to do.")
