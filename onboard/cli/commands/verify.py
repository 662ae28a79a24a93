"""`onboard verify`: holds the models and the recorded state against the database, deeply."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onboard.cli import console
from onboard.cli.options import app_option, workspace_option
from onboard.cli.outcome import Found, Outcome
from onboard.cli.text import one_line

if TYPE_CHECKING:
    from onboard.cli.workspace import Workspace
    from onboard.verify.differences import Difference


@click.command("verify")
@click.argument("tables", nargs=-1, metavar="[TABLE...]")
@click.option("--offline", is_flag=True, help="Hold them against the last scan instead of the database.")
@click.option("--database", metavar="ALIAS", help="The database of the settings to hold them against.")
@click.option("--dsn", metavar="DSN", help="Hold them against this database instead of the project's.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
@app_option
@workspace_option
def COMMAND(
    tables: tuple[str, ...],
    offline: bool,
    database: str | None,
    dsn: str | None,
    as_json: bool,
    app: str | None,
    workspace: Workspace,
) -> Outcome:
    """Compare models and migrations with the database: exit 1 where they differ.

    Reads the catalogue, and of numbered columns the greatest number; no other row. Without TABLE every table of the
    app is compared.
    """
    from onboard.cli.commands._handover import counter_differences, differences, opened, tables_asked_for, with_model
    from onboard.verify.differences import Severity
    from onboard.verify.recorded import recorded_differences
    from onboard.verify.wording import as_json as document

    asked = tables_asked_for(workspace, tables)
    if dsn and (offline or database):
        raise click.UsageError("`--dsn`, `--database` and `--offline` exclude each other.")
    found = opened(workspace, app, alias=database, offline=offline, dsn=dsn)
    with_model(found.subject, asked)
    wanted = asked or tuple(sorted(found.subject.models))
    names = {str(table) for table in wanted}
    state = [one for one in recorded_differences(found.subject) if one.table in names]
    counters = counter_differences(found, wanted) if found.is_live and not dsn else ()
    held = differences(found, wanted, as_managed=False)
    unsure = tuple(one for one in held if one.severity is Severity.UNSURE)
    every = (*(one for one in held if one.severity is not Severity.UNSURE), *counters, *state)
    if as_json:
        console.document(document(every, unsure))
    else:
        _say(every, len(wanted))
        _say_unsure(unsure)
    return Found(f"{len(every)} difference{'s' if len(every) > 1 else ''} found.") if every else None


def _say(differences: tuple[Difference, ...], tables: int) -> None:
    from onboard.verify.wording import in_one_line

    table = None
    for one in sorted(differences, key=lambda one: (one.table, one.severity, one.place)):
        if one.table != table:
            console.say(one_line(one.table))
            table = one.table
        console.say(f"  {one.severity.value}: {in_one_line(one)}")
        console.say(f"      {one_line(one.remedy)}")
    if not differences:
        console.say(f"{tables} tables are what their models and migrations say.")


def _say_unsure(unsure: tuple[Difference, ...]) -> None:
    if unsure:
        console.say("\nNot compared: nothing shows that these part, and nothing proves that they mean the same.")
    for one in unsure:
        console.say(one_line(f"  {one.table}.{one.place}: {one.model} and {one.database}"))
