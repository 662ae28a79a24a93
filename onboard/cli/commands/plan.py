"""`onboard plan`: the order of promotion by foreign keys, and what each step runs and locks."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from onboard.cli import console
from onboard.cli.options import app_option, workspace_option
from onboard.cli.text import one_line

if TYPE_CHECKING:
    from onboard.catalog.structure import TableName
    from onboard.cli.workspace import Workspace
    from onboard.verify.readiness import Readiness


@click.command("plan")
@click.option("--offline", is_flag=True, help="Plan by the last scan instead of the database.")
@click.option("--database", metavar="ALIAS", help="The database of the settings to plan for.")
@app_option
@workspace_option
def COMMAND(offline: bool, database: str | None, app: str | None, workspace: Workspace) -> None:
    """Show the order in which tables can be promoted, and what each step runs and locks."""
    from onboard.cli.commands._handover import board, opened, show_pending
    from onboard.verify.readiness import steps

    found = opened(workspace, app, alias=database, offline=offline)
    open_tables = {one.table: one for one in board(workspace, found) if not found.subject.is_promoted(one.table)}
    free = [table for table, one in open_tables.items() if not one.blockers]
    for number, step in enumerate(steps(found.subject, found.catalog, free), start=1):
        _say_step(number, step, open_tables)
    _say_blocked([one for one in open_tables.values() if one.blockers])
    if not open_tables:
        console.say("Every table is promoted.")
    if free:
        console.say(
            "Each step writes to Django's record alone: no SQL, no lock, no row. `onboard promote --all` takes all."
        )
    if found.is_live:
        show_pending(found.subject)


def _say_step(number: int, step: tuple[TableName, ...], tables: dict[TableName, Readiness]) -> None:
    names = " ".join(shlex.quote(str(table)) for table in step)
    cycle = "  (a cycle of foreign keys)" if len(step) > 1 else ""
    console.say(one_line(f"{number}. onboard promote {names}") + cycle)
    for table in step:
        for note in tables[table].notes:
            console.say(f"     {one_line(f'{table}: {note}')}")


def _say_blocked(blocked: list[Readiness]) -> None:
    if blocked:
        console.say(f"Blocked ({len(blocked)}):")
    for one in blocked:
        reasons = "; ".join(blocker.reason for blocker in one.blockers)
        console.say(f"   {one_line(f'{one.table}: {reasons}')}")
