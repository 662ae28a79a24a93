"""`onboard adopt`: models and tables exist, no true record; record what is proven to be true."""

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
    show_plan,
    show_steps,
)
from onboard.cli.options import workspace_option
from onboard.cli.outcome import Found, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper

    from onboard.cli.workspace import Workspace
    from onboard.history.adopt import Adoption, Offer
    from onboard.history.manual import Manual


@click.command("adopt")
@click.argument("apps", nargs=-1, metavar="APP...", required=True)
@click.option("--apply", "is_applied", is_flag=True, help="Do it. Without this, everything is proven and shown only.")
@click.option(
    "--as-database",
    is_flag=True,
    help="Where models and tables differ: record the tables as they are, and write the migration from there.",
)
@click.option("--renamed-from", metavar="LABEL", help="The label the app had before; its rows go with it.")
@accept_option
@database_option
@workspace_option
def COMMAND(
    apps: tuple[str, ...],
    is_applied: bool,
    as_database: bool,
    renamed_from: str | None,
    accepted: tuple[str, ...],
    database: str,
    workspace: Workspace,
) -> Outcome:
    """Give APP a history for tables that are there, and record it as applied only if it is true.

    Every table is compared with its model, deeply. One that is missing is made; one that differs stops, with the
    differences and both ways out. `--apply` does it, all or nothing.
    """
    from onboard.history.adopt import plan_adoption, plan_as_database

    connection = connected(workspace, database)
    mended(workspace, connection)
    console.progress(f"Comparing the models of {', '.join(apps)} with database `{database}`")
    labels = frozenset(apps)
    if as_database:
        plan = plan_as_database(workspace.root, connection, labels, accepted=accepted)
    else:
        plan = plan_adoption(workspace.root, connection, labels, accepted=accepted, renamed_from=renamed_from)
    if plan.differences:
        show_differences(plan.differences)
        _show_offers(plan.offers)
        return Found("Tables are not what their models say: nothing is recorded.")
    return _adopt(workspace, connection, plan, labels, is_applied)


def _adopt(
    workspace: Workspace,
    connection: BaseDatabaseWrapper,
    plan: Adoption,
    labels: frozenset[str],
    is_applied: bool,
) -> Outcome:
    from onboard.history.apply import apply
    from onboard.history.clean import prove_applied
    from onboard.history.proof import differences, models_of

    if plan.rewrite.is_empty:
        console.say("There is nothing to do: the tables are as the models say, and recorded.")
        return None
    _show_not_run(_recorded(connection, plan))
    for table in plan.missing:
        console.say(f"Make    {table}")
    show_plan(plan.rewrite)
    show_steps(plan.steps, plan.steps_sql)
    if not is_applied:
        console.say("Nothing has been changed. Run it again with --apply to do this.")
        return None
    journal = apply(
        plan.rewrite,
        workspace.root,
        connection,
        lambda: prove_applied(workspace.root, connection, labels, may_wait={(one.app, one.name) for one in plan.steps}),
    )
    left = differences(models_of(labels, connection.alias), connection) if plan.missing else ()
    if wrong := [one for one in left if one.table in plan.missing]:
        show_differences(wrong)
        return Found("The tables that were made are not what the models say.")
    console.say(f"Done, and proven. Take it back with `onboard reset --undo`; the backup is {journal.path}.")
    return None


def _recorded(connection: BaseDatabaseWrapper, plan: Adoption) -> tuple[Manual, ...]:
    """The operations of migrations on disk that are recorded now, and cannot be proven to have run."""
    from onboard.history.manual import manual_operations
    from onboard.history.memory import read_memory

    new = {row.key for row in plan.rewrite.rows_after if row.id is None}
    files = [file for file in read_memory(connection).files if file.key in new and file.migration is not None]
    return manual_operations(files)


def _show_not_run(manuals: Sequence[Manual]) -> None:
    if manuals:
        console.say("Recorded without being run, and not provable from the structure:")
        for one in manuals:
            console.say(f"  {one.what}  {one.where}")


def _show_offers(offers: Sequence[Offer]) -> None:
    """Print the way to bring the database to the models; the other way is the remedy of each difference."""
    for offer in offers:
        console.say()
        console.say(f"To bring the database to the models of `{offer.app}`, this migration from where it stands:")
        console.document(offer.text)
        for field in offer.needs_default:
            console.say(f"It needs a default for `{field}` where rows exist.")
    if offers:
        apps = " ".join(sorted({offer.app for offer in offers}))
        console.say(f"`onboard adopt {apps} --as-database` writes the history as it is and this migration after it.")
