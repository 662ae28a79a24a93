"""`onboard status`: every table with its stage, its grade and what stands in its way."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from onboard.cli import console
from onboard.cli.options import app_option, workspace_option

if TYPE_CHECKING:
    from onboard.cli.workspace import Workspace
    from onboard.verify.readiness import Readiness

FORMAT = "onboard-status/1"


@click.command("status")
@click.option("--offline", is_flag=True, help="Judge by the last scan instead of the database.")
@click.option("--database", metavar="ALIAS", help="The database of the settings to look at.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
@app_option
@workspace_option
def COMMAND(offline: bool, database: str | None, as_json: bool, app: str | None, workspace: Workspace) -> None:
    """Show every table: whose it is, whether it may be promoted, its size, and what depends on it."""
    from onboard.cli.commands._handover import board, opened

    rows = board(workspace, opened(workspace, app, alias=database, offline=offline))
    if as_json:
        console.document(_json(rows))
        return
    console.table(("table", "model", "stage", "grade", "rows", "dependants", "because"), [_row(one) for one in rows])
    console.say(_summary(rows))


def _row(one: Readiness) -> tuple[str, ...]:
    rows = "?" if one.rows is None else f"~{one.rows:,}"
    grade = one.grade.value if one.stage.value == "unmanaged" or one.blockers else ""
    because = "; ".join([blocker.reason for blocker in one.blockers] or one.notes)
    return str(one.table), one.model, one.stage.value, grade, rows, str(len(one.dependants)), because


def _summary(rows: tuple[Readiness, ...]) -> str:
    promoted = sum(one.stage.value == "promoted" for one in rows)
    blocked = sum(bool(one.blockers) for one in rows if one.stage.value != "promoted")
    ready = len(rows) - promoted - blocked
    return f"{len(rows)} tables: {promoted} promoted, {ready} ready, {blocked} blocked."


def _json(rows: tuple[Readiness, ...]) -> str:
    tables = [
        {
            "schema": one.table.schema,
            "name": one.table.name,
            "model": one.model,
            "stage": one.stage.value,
            "grade": one.grade.value,
            "blockers": [asdict(blocker) for blocker in one.blockers],
            "notes": list(one.notes),
            "rows": one.rows,
            "dependants": [str(table) for table in one.dependants],
        }
        for one in rows
    ]
    return json.dumps({"format": FORMAT, "tables": tables}, indent=2, ensure_ascii=False) + "\n"
