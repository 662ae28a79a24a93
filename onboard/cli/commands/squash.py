"""`onboard squash`: many migrations into one that is proven to build the same database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onboard.cli import console
from onboard.cli.commands._history import connected, database_option, mended, show_plan
from onboard.cli.options import workspace_option
from onboard.cli.outcome import Outcome

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from onboard.cli.workspace import Workspace
    from onboard.history.rewrite import Rewrite
    from onboard.history.squash import Squash


@click.command("squash")
@click.argument("app", metavar="APP")
@click.option("--from", "first", metavar="NAME", help="The first migration of the range; the app's first if left out.")
@click.option("--to", "last", metavar="NAME", help="The last migration of the range; the app's last if left out.")
@click.option("--apply", "is_applied", is_flag=True, help="Do it. Without this, everything is proven and shown only.")
@click.option("--finish", "is_finish", is_flag=True, help="End a squash: old files, their rows and `replaces` go.")
@database_option
@workspace_option
def COMMAND(
    app: str,
    first: str | None,
    last: str | None,
    is_applied: bool,
    is_finish: bool,
    database: str,
    workspace: Workspace,
) -> Outcome:
    """Write one migration that stands for many of APP, functions and all.

    Both histories are built in throw-away databases and their catalogues compared. The old files stay until
    `--finish`, which any environment may do once every environment has the new one on record.
    """
    connection = connected(workspace, database)
    mended(workspace, connection)
    if is_finish:
        return _finish(workspace, connection, app, is_applied)
    return _squash(workspace, connection, app, first, last, is_applied)


def _squash(
    workspace: Workspace,
    connection: BaseDatabaseWrapper,
    app: str,
    first: str | None,
    last: str | None,
    is_applied: bool,
) -> Outcome:
    from onboard.history.squash import plan_squash

    console.progress("Building the old and the new history in throw-away databases")
    plan = plan_squash(workspace.root, connection, app, first=first, last=last)
    _say(plan)
    show_plan(plan.rewrite)
    if not _applied(workspace, connection, app, plan.rewrite, is_applied):
        return None
    console.say("Done, and proven: both histories build the same database. Commit it with the old files beside it.")
    console.say(f"The old files may go when every environment has `{app}.{plan.name}` on record (`manage.py migrate`,")
    console.say(f"then `onboard doctor` there says so): `onboard squash {app} --finish`.")
    return None


def _finish(workspace: Workspace, connection: BaseDatabaseWrapper, app: str, is_applied: bool) -> Outcome:
    from onboard.history.squash_end import plan_finish

    rewrite = plan_finish(workspace.root, connection, app)
    show_plan(rewrite)
    if _applied(workspace, connection, app, rewrite, is_applied):
        console.say("Done. In other environments `manage.py migrate --prune` takes the old rows out.")
    return None


def _say(plan: Squash) -> None:
    count = len(plan.replaced)
    console.say(f"{count} migrations with {plan.operations_before} operations become one with {plan.operations_after}.")
    for model in plan.legacy:
        console.say(f"`{model}` was there before Django: its flag stays apart, so that no way back drops its table.")


def _applied(
    workspace: Workspace, connection: BaseDatabaseWrapper, app: str, rewrite: Rewrite, is_applied: bool
) -> bool:
    from onboard.history.apply import apply
    from onboard.history.clean import prove_applied
    from onboard.history.squash import is_settled

    if not is_applied:
        console.say("Nothing has been changed. Run it again with --apply to do this.")
        return False
    is_whole = is_settled(connection, app)
    apply(
        rewrite,
        workspace.root,
        connection,
        lambda: prove_applied(workspace.root, connection, rewrite.apps, whole=is_whole),
    )
    return True
