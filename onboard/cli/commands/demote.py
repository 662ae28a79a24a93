"""`onboard demote`: takes tables out of Django's hands again; the reverse of `promote`, as a migration of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onboard.cli import console
from onboard.cli.options import app_option, workspace_option

if TYPE_CHECKING:
    from onboard.catalog.structure import TableName
    from onboard.cli.workspace import Workspace
    from onboard.verify.subject import Subject


@click.command("demote")
@click.argument("tables", nargs=-1, metavar="TABLE...")
@click.option("--all", "every", is_flag=True, help="Demote every promoted table.")
@click.option("--dry-run", is_flag=True, help="Show the changes and the SQL; write nothing.")
@click.option("--database", metavar="ALIAS", help="The database of the settings that `migrate` will be run on.")
@app_option
@workspace_option
def COMMAND(
    tables: tuple[str, ...], every: bool, dry_run: bool, database: str | None, app: str | None, workspace: Workspace
) -> None:
    """Take tables out of Django's hands again: put `managed = False` back and write the migration.

    No table and no row changes. What earlier migrations did to the table stays done.
    """
    from onboard.cli.commands._handover import app_in_project, tables_asked_for, with_model

    if every == bool(tables):
        raise click.UsageError("Give the tables to demote, or `--all`.")
    asked = tables_asked_for(workspace, tables)
    subject = app_in_project(workspace, app, alias=database)
    with_model(subject, asked)
    wanted = tuple(sorted(subject.models)) if every else asked
    chosen = [table for table in wanted if not subject.is_unmanaged(table)]
    if chosen:
        _hand_back(workspace, subject, chosen, dry_run=dry_run)
    else:
        console.say("Not Django's already. Nothing to do.")


def _hand_back(workspace: Workspace, subject: Subject, tables: list[TableName], *, dry_run: bool) -> None:
    from onboard.cli.commands._handover import show_diff, show_files, show_pending, show_sql, show_tables
    from onboard.migrations.promotion import demotion
    from onboard.migrations.promotion_files import handover_files

    migrations = demotion(subject.history, [subject.handover(table) for table in tables])
    tree = handover_files(workspace.root, migrations, [subject.models[table] for table in tables], managed=False)
    if dry_run:
        show_diff(workspace, tree)
        show_sql(subject, migrations)
        return
    workspace.save(tree)
    show_files(tree)
    show_tables("Demoted", subject, tables)
    show_sql(subject, migrations)
    show_pending(subject)
