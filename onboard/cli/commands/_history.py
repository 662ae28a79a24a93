"""What `adopt`, `reset`, `squash` and `doctor` share: the project loaded, a cut-off rewriting mended, plans shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from onboard.cli import console
from onboard.cli.django_project import set_up
from onboard.cli.text import one_line
from onboard.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.db.backends.base.base import BaseDatabaseWrapper

    from onboard.cli.workspace import Workspace
    from onboard.history.manual import Manual
    from onboard.history.rewrite import Rewrite
    from onboard.history.staged import StagedFile
    from onboard.verify.differences import Difference


def database_option(command: Callable[..., Any]) -> Callable[..., Any]:  # Any: click passes what is declared
    """Give a command `--database ALIAS` (parameter `database`)."""
    return click.option(
        "--database", metavar="ALIAS", default="default", help="The database of the settings; `default` if left out."
    )(command)


def accept_option(command: Callable[..., Any]) -> Callable[..., Any]:  # Any: as above
    """Give a command `--accept KIND` (parameter `accepted`)."""
    return click.option(
        "--accept",
        "accepted",
        metavar="KIND",
        multiple=True,
        help="Go on over differences of this kind, such as `index_unclaimed`. Repeatable.",
    )(command)


def connected(workspace: Workspace, alias: str) -> BaseDatabaseWrapper:
    """Load the project and return its connection by that alias; BadInput where the settings have none."""
    from django.db import connections
    from django.utils.connection import ConnectionDoesNotExist

    set_up(workspace.root)
    try:
        connection = connections[alias]
    except ConnectionDoesNotExist:
        known = ", ".join(f"`{one}`" for one in connections)
        raise BadInput(f"The settings have no database `{alias}`.", remedy=f"There are: {known}.") from None
    _reachable(connection)
    return connection


def mended(workspace: Workspace, connection: BaseDatabaseWrapper) -> None:
    """Finish, or put back, a rewriting that was cut off, and say so."""
    from onboard.history.scratch import drop_left_over
    from onboard.history.takeback import recover

    for name in drop_left_over(connection):
        console.warn(f"Dropped `{name}`: a throw-away database of a run that was killed.")
    journal = recover(workspace.root, connection)
    if journal is not None:
        how = "put back" if journal.phase == "taken back" else "completed"
        console.warn(f"`{journal.command}` of {', '.join(journal.apps)} was cut off: it has been {how}.")


def show_differences(differences: Sequence[Difference]) -> None:
    """Print where models and database part, table by table, with what to do about each."""
    from onboard.verify.wording import in_one_line

    table = None
    for one in differences:
        if one.table != table:
            console.say(one.table)
            table = one.table
        console.say(f"  {one.severity.value}: {in_one_line(one)}")
        console.say(f"      {one.remedy}")


def show_manuals(manuals: Sequence[Manual]) -> None:
    """Print the operations that models cannot say, with file and line and what becomes of each."""
    from onboard.history.manual import Place

    if not manuals:
        return
    fates = {Place.FIRST: "carried over", Place.LAST: "carried over", Place.NOWHERE: "left out"}
    console.say("Operations that the models do not say:")
    for one in manuals:
        console.say(f"  {fates.get(one.place, 'refused'):<12}  {one.what}  {one.where}")


def show_plan(rewrite: Rewrite) -> None:
    """Print every file and every statement of a rewriting, as they will be."""
    for file in rewrite.files.files:
        console.say(f"Write   {file.path}")
    for path in rewrite.remove:
        console.say(f"Remove  {path}")
    statements = rewrite.statements()
    if not statements:
        console.say("SQL: none.")
        return
    console.say("SQL, in one transaction:")
    for statement in statements:
        console.say(f"  {one_line(str(statement))}")


def show_steps(steps: Sequence[StagedFile], sql: Sequence[str]) -> None:
    """Print the migrations that are left for `migrate`, and what they will send."""
    for step in steps:
        console.say(f"Left for `migrate`: {step.app}.{step.name}")
        console.document(step.text)
    if steps:
        console.say("Its SQL, as `sqlmigrate` prints it:" if sql else "It sends no SQL.")
    for line in sql:
        console.say(f"  {one_line(line)}")


def show_notes(notes: Sequence[str]) -> None:
    """Print what is worth knowing before a plan is carried out."""
    for note in notes:
        console.say(f"Note: {note}")


def _reachable(connection: BaseDatabaseWrapper) -> None:
    from django.db import Error

    from onboard.catalog.dsn import dsn_from_settings
    from onboard.errors import NothingDone

    where = f"`{dsn_from_settings(connection.settings_dict).describe()}`"
    failure = ""
    try:
        connection.ensure_connection()
    except Error as error:
        password = str(connection.settings_dict.get("PASSWORD") or "")
        failure = one_line(str(error).replace(password, "***") if password else str(error))
    if failure:
        raise NothingDone(f"The database cannot be reached: {failure}", where=where, remedy="Check the settings.")
