"""`onboard report`: everything the last scan found worth knowing, and what the generated models cannot say."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from onboard.cli import console
from onboard.cli.options import app_option, workspace_option
from onboard.cli.outcome import Outcome

if TYPE_CHECKING:
    from onboard.cli.findings import Finding
    from onboard.cli.workspace import Workspace

_TITLES = {
    "look_first": "Look at these first",
    "unknown_to_django": "What Django will not know",
    "not_said": "What the models cannot say",
    "left_out": "Left out of the scan",
}


@click.command(name="report", short_help="Everything worth knowing of the last scan.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@app_option
@workspace_option
def COMMAND(workspace: Workspace, as_json: bool, app: str | None) -> Outcome:
    """List what a person should look at, what Django will not know of the database, and what its models cannot say."""
    from onboard.cli.findings import findings

    found = findings(workspace.catalog(), workspace.evidence().proposals, workspace.person())
    sections = {
        "look_first": found.look_first,
        "unknown_to_django": found.unknown_to_django,
        "not_said": _not_said(workspace, app),
        "left_out": found.left_out,
    }
    if as_json:
        document = {name: [asdict(one) for one in rows] for name, rows in sections.items()}
        console.document(json.dumps({"format": "onboard-report/1", **document}, indent=2) + "\n")
        return None
    for name, rows in sections.items():
        if rows:
            console.table(("", "where", ""), [(one.kind, one.place, one.sentence) for one in rows], title=_TITLES[name])
            console.say()
    if not any(sections.values()):
        console.say("Nothing to report: every table has a key, and Django knows all there is to know.")
    return None


def _not_said(workspace: Workspace, app: str | None) -> tuple[Finding, ...]:
    """Return what the passes could not say in a model; nothing before the first `generate`."""
    from onboard.cli.engine import generated
    from onboard.cli.findings import Finding

    if app is None and not workspace.records():
        return ()
    made = generated(workspace, workspace.record(app))
    notes = (Finding("not said", str(model.table), note) for model in made.source.models for note in model.notes)
    left_out = (Finding("no model", str(table), reason) for table, reason in made.decisions.left_out)
    return (*notes, *left_out)
