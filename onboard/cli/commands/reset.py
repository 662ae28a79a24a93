"""`onboard reset`: one clean first history for apps whose models are proven to equal the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onboard.cli import console
from onboard.cli.commands._history import (
    accept_option,
    connected,
    database_option,
    mended,
    show_differences,
    show_manuals,
    show_notes,
    show_plan,
    show_steps,
)
from onboard.cli.options import workspace_option
from onboard.cli.outcome import Found, Outcome
from onboard.cli.text import one_line
from onboard.errors import BadInput, Refused

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from onboard.cli.workspace import Workspace
    from onboard.history.reset import Plan


@click.command("reset")
@click.argument("apps", nargs=-1, metavar="APP...")
@click.option("--apply", "is_applied", is_flag=True, help="Do it. Without this, everything is proven and shown only.")
@click.option("--database-only", is_flag=True, help="Set the record of this database right for files reset elsewhere.")
@click.option("--undo", "is_undo", is_flag=True, help="Put rows (ids and times too) and files of the last one back.")
@click.option(
    "--leave-out",
    "left_out",
    metavar="APP.NAME",
    multiple=True,
    help="Let the operations of this migration go that models cannot say; `all` for every one. Repeatable.",
)
@click.option(
    "--as-database",
    is_flag=True,
    help="Where models are ahead of the tables: make the history of the tables as they are, and the migration from "
    "there, which is left for `migrate`.",
)
@click.option(
    "--carry",
    is_flag=True,
    help="Write what the tables have beyond models and migrations (indexes, constraints, collations) into the new "
    "history, as SQL.",
)
@accept_option
@database_option
@workspace_option
def COMMAND(
    apps: tuple[str, ...],
    is_applied: bool,
    database_only: bool,
    is_undo: bool,
    left_out: tuple[str, ...],
    as_database: bool,
    carry: bool,
    accepted: tuple[str, ...],
    database: str,
    workspace: Workspace,
) -> Outcome:
    """Make the migrations of APP anew from its models, after proof that the database is what the models say.

    Shows the files, the rows and the exact SQL; `--apply` does it, all or nothing.
    """
    from onboard.history.database_only import plan_database_only
    from onboard.history.reset import plan_reset

    if not apps and not is_undo:
        raise BadInput("No app is named.", remedy="Name the apps to reset: `onboard reset APP...`.")
    connection = connected(workspace, database)
    mended(workspace, connection)
    if is_undo:
        return _undo(workspace, connection, apps)
    console.progress(f"Comparing the models of {', '.join(apps)} with database `{connection.alias}`")
    root, labels = workspace.root, frozenset(apps)
    if database_only:
        plan = plan_database_only(root, connection, labels, accepted=accepted)
        return _reset(workspace, connection, plan, is_applied)
    _refuse_uncommitted(workspace, connection, apps)
    plan = plan_reset(
        root, connection, labels, left_out=left_out, accepted=accepted, carry=carry, as_database=as_database
    )
    return _reset(workspace, connection, plan, is_applied)


def _reset(workspace: Workspace, connection: BaseDatabaseWrapper, plan: Plan, is_applied: bool) -> Outcome:
    from onboard.history.apply import apply
    from onboard.history.clean import prove_afresh, prove_applied
    from onboard.history.reset import prove_unchanged

    if plan.differences:
        show_differences(plan.differences)
        return Found(
            "The models are not what the database is: nothing is reset. `--carry` takes along what the database has "
            "beyond them; `--accept KIND` goes on without; `--as-database` is for models that are ahead of it."
        )
    show_manuals(plan.manuals)
    show_notes(plan.notes)
    if plan.rewrite.is_empty:
        console.say("There is nothing to do: files and rows are as they should be.")
        return None
    _say_proven(plan)
    show_plan(plan.rewrite)
    show_steps(plan.steps, plan.steps_sql)
    if not is_applied:
        console.say("Nothing has been changed. Run it again with --apply to do this.")
        return None
    moves_code = plan.history is not None and plan.history.moves_code
    waiting = frozenset((step.app, step.name) for step in plan.steps)
    is_whole = plan.history is not None

    def prove() -> None:
        labels = plan.rewrite.apps
        prove_applied(
            workspace.root, connection, labels, whole=is_whole, compare_models=not moves_code, may_wait=waiting
        )
        if moves_code:
            prove_afresh(workspace.root, labels)
        if is_whole:
            prove_unchanged(connection, plan)

    journal = apply(plan.rewrite, workspace.root, connection, prove)
    console.say("Proven: the old rows are in the table `onboard_history` and in the file, read back.")
    if is_whole:
        console.say("Proven: `makemigrations --check` has nothing to make, and the tables are what they were.")
        left = ", ".join(f"`{step.app}.{step.name}`" for step in plan.steps)
        console.say(f"Proven: `migrate --plan` {f'holds {left} alone' if left else 'is empty for these apps'}.")
    console.say(f"Done, and proven. Take it back with `onboard reset --undo`; the backup is {journal.path}.")
    return None


def _say_proven(plan: Plan) -> None:
    """Print what has been proven before anything is changed."""
    apps = ", ".join(f"`{app}`" for app in plan.rewrite.apps)
    console.say(f"Proven: {plan.tables} tables of {apps} are what the history says, column by column.")
    if plan.is_built:
        console.say("Proven: an empty database can be built from it.")


def _undo(workspace: Workspace, connection: BaseDatabaseWrapper, apps: tuple[str, ...]) -> Outcome:
    from onboard.history.apply import apply
    from onboard.history.takeback import undo

    plan = undo(workspace.root, connection, apps)
    show_plan(plan.rewrite)
    apply(plan.rewrite, workspace.root, connection, lambda: None)
    for one in plan.kept:
        console.say(one_line(f"Stays   {one.table}: {one.reason}"))
    console.say("Rows and files are as they were.")
    return None


def _refuse_uncommitted(workspace: Workspace, connection: BaseDatabaseWrapper, apps: tuple[str, ...]) -> None:
    from onboard.history.memory import read_memory
    from onboard.history.reset import require_installed
    from onboard.history.version_control import uncommitted

    memory = read_memory(connection)
    require_installed(memory, apps)
    folders = [folder for app in apps if (folder := memory.app(app).folder) is not None]
    if paths := uncommitted(folders):
        raise Refused(
            f"There are uncommitted changes in the migrations: {', '.join(paths[:5])}.",
            where=str(workspace.root),
            remedy="Commit them first, or take them back: what is reset must be what is deployed.",
        )
