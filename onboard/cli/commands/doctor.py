"""`onboard doctor`: a read-only check-up of a project's models, migrations and database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onboard.cli import console
from onboard.cli.commands._history import connected, database_option
from onboard.cli.options import workspace_option
from onboard.cli.outcome import Found, Outcome
from onboard.errors import BadInput

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from onboard.cli.workspace import Workspace
    from onboard.history.checkup import Patient
    from onboard.history.findings import Finding


@click.command("doctor")
@click.argument("apps", nargs=-1, metavar="[APP...]")
@click.option("--json", "is_json", is_flag=True, help="Print a JSON document.")
@click.option("--write", "is_written", is_flag=True, help="Write the state-only migrations for unmanaged models.")
@click.option(
    "--back-to",
    metavar="NAME",
    help="Of one APP: say what `migrate APP NAME` backwards would lose, run and stop at. `zero` for all of it.",
)
@database_option
@workspace_option
def COMMAND(
    apps: tuple[str, ...],
    is_json: bool,
    is_written: bool,
    back_to: str | None,
    database: str,
    workspace: Workspace,
) -> Outcome:
    """Look for what is wrong between models, migrations, the record and the database: exit 1 on findings.

    Reads files, rows of django_migrations and the catalogue, and the greatest key of tables with a sequence.
    Works in any Django project, also one with a broken history. Without APP every installed app is looked at.
    """
    from onboard.history.doctor import findings, patient_of
    from onboard.history.findings import as_json

    connection = connected(workspace, database)
    if back_to is not None:
        return _way_back(connection, apps, back_to, is_json)
    patient = patient_of(workspace.root, connection, apps)
    if is_written:
        return _write(workspace, patient)
    found = findings(patient)
    if is_json:
        console.document(as_json(found))
    else:
        _say(found)
    return Found(f"{len(found)} finding{'s' if len(found) > 1 else ''}.") if found else None


def _way_back(connection: BaseDatabaseWrapper, apps: tuple[str, ...], target: str, is_json: bool) -> Outcome:
    from onboard.history.findings import as_json
    from onboard.history.way_back import way_back

    if len(apps) != 1:
        raise BadInput("The way back is asked of one app.", remedy="`onboard doctor APP --back-to NAME`.")
    found = way_back(connection, apps[0], target)
    if is_json:
        console.document(as_json(found))
    elif found:
        _say(found)
    else:
        console.say(f"`manage.py migrate {apps[0]} {target}` loses nothing.")
    return Found(f"{len(found)} finding{'s' if len(found) > 1 else ''}.") if found else None


def _say(found: tuple[Finding, ...]) -> None:
    for one in found:
        console.say(f"{one.place}: {one.what} ({one.kind})")
        console.say(f"    why:  {one.why}")
        console.say(f"    mend: {one.mend}")
    if not found:
        console.say("Models, migrations, the record and the database agree.")


def _write(workspace: Workspace, patient: Patient) -> Outcome:
    from onboard.history.doctor import settling_files

    tree = settling_files(patient)
    if not tree.files:
        console.say("There is nothing to write: the unmanaged models are recorded as they are.")
        return None
    workspace.save(tree)
    for file in tree.files:
        console.say(f"Wrote {file.path}")
    console.say("They change Django's record alone: `manage.py migrate` runs no SQL for them.")
    return None
