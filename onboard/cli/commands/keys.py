"""`onboard keys`: the primary and foreign keys of the last scan, declared and inferred, with the evidence for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onboard.cli import console
from onboard.cli.options import workspace_option
from onboard.cli.outcome import Outcome

if TYPE_CHECKING:
    from onboard.catalog.structure import Catalog, TableName
    from onboard.cli.workspace import Workspace
    from onboard.inference.proposals import ForeignKeyProposal, Proposals


@click.command(name="keys", short_help="List the keys, or explain one column's.")
@click.option("--explain", metavar="TABLE.COLUMN", help="The evidence for and against keys on this column.")
@click.option("--all", "with_unused", is_flag=True, help="Also proposals that are not used.")
@click.option("--json", "as_json", is_flag=True, help="The scan document, as `onboard scan --json` writes it.")
@workspace_option
def COMMAND(workspace: Workspace, explain: str | None, with_unused: bool, as_json: bool) -> Outcome:
    """List the primary and foreign keys that `generate` will use, and where each comes from.

    A key that is wrong is turned off, or another turned on, by its `use` line in onboard.toml.
    """
    catalog, proposals = workspace.catalog(), workspace.evidence().proposals
    if as_json:
        from onboard.decisions.scan_document import scan_document

        console.document(scan_document(catalog, proposals, workspace.person()))
    elif explain:
        _explain(workspace, catalog, proposals, explain)
    else:
        _list(workspace, catalog, proposals, with_unused=with_unused)
    return None


def _list(workspace: Workspace, catalog: Catalog, proposals: Proposals, *, with_unused: bool) -> None:
    from onboard.cli.findings import findings

    used = findings(catalog, proposals, workspace.person()).keys
    rows: list[tuple[str, str, str, str, str]] = []
    for table in catalog.tables:
        if key := used.primary_keys.get(table.name):
            place = f"{table.name}({', '.join(key.columns)})"
            rows.append(("primary", place, "", str(key.origin), f"{key.confidence:.2f}"))
        for one in used.relations.get(table.name, ()):
            place, target = f"{table.name}({', '.join(one.columns)})", _key(one.references, one.referenced_columns)
            rows.append(("foreign", place, target, str(one.origin), f"{one.confidence:.2f}"))
    if with_unused:
        known = {(one.table, one.columns) for relations in used.relations.values() for one in relations}
        rows += [_unused(one) for one in proposals.foreign_keys if (one.table, one.columns) not in known]
    console.table(("key", "of", "refers to", "origin", "confidence"), rows)


def _unused(one: ForeignKeyProposal) -> tuple[str, str, str, str, str]:
    place, target = _key(one.table, one.columns), _key(one.references, one.referenced_columns)
    return "not used", place, target, "inferred", f"{one.confidence:.2f}"


def _explain(workspace: Workspace, catalog: Catalog, proposals: Proposals, text: str) -> None:
    from onboard.decisions.person import resolved
    from onboard.inference.explain import explain

    person = resolved(workspace.person(), catalog)
    lines = explain(catalog, proposals, text, threshold=person.threshold).split("\n")
    for line in lines:
        console.say(line)
    for answer in person.answers.foreign_keys:
        if lines[0] in [f"{answer.table}.{column}" for column in answer.columns]:
            target = _key(answer.references, answer.referenced_columns)
            console.say(f"  `onboard.toml` says that it {'refers' if answer.use else 'does not refer'} to {target}.")


def _key(table: TableName, columns: tuple[str, ...]) -> str:
    return f"{table}({', '.join(columns)})"
