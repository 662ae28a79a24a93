"""`onboard doctor`: a read-only check-up of a project's models, migrations and database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onboard.cli import console
from onboard.cli.commands._history import connected, database_option
from onboard.cli.options import workspace_option
from onboard.cli.outcome import Found, Outcome

if TYPE_CHECKING:
    from onboard.cli.workspace import Workspace
    from onboard.history.checkup import Patient
    from onboard.history.findings import Finding


@click.command("doctor")
@click.argument("apps", nargs=-1, metavar="[APP...]")
@click.option("--json", "is_json", is_flag=True, help="Print a JSON document.")
@click.option("--write", "is_written", is_flag=True, help="Write the state-only migrations for unmanaged models.")
@database_option
@workspace_option
def COMMAND(apps: tuple[str, ...], is_json: bool, is_written: bool, database: str, workspace: Workspace) -> Outcome:
    """Look for what is wrong between models, migrations, the record and the database: exit 1 on findings.

    Reads files, rows of django_migrations and the catalogue, and the greatest key of tables with a sequence.
    Works in any Django project, also one with a broken history. Without APP every installed app is looked at.
    """
    from onboard.history.doctor import findings, patient_of
    from onboard.history.findings import as_json

    connection = connected(workspace, database)
    patient = patient_of(workspace.root, connection, apps)
    if is_written:
        return _write(workspace, patient)
    found = findings(patient)
    if is_json:
        console.document(as_json(found))
    else:
        _say(found)
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
