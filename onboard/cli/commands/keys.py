"""`onboard keys`: the primary and foreign keys of the last scan, declared and inferred, with the evidence for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from onboard.cli import console
from onboard.cli.options import workspace_option
from onboard.cli.outcome import Outcome
from onboard.errors import BadInput

if TYPE_CHECKING:
    from onboard.catalog.structure import Catalog, TableName
    from onboard.cli.workspace import Workspace
    from onboard.inference.proposals import Evidence, ForeignKeyProposal, PrimaryKeyProposal, Proposals


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
        _explain(catalog, proposals, explain)
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


def _explain(catalog: Catalog, proposals: Proposals, text: str) -> None:
    table, column = _column(catalog, text)
    lines = [*_declared(catalog, table, column), *_inferred(proposals, table, column)]
    console.say(f"{table}.{column}")
    for line in lines or ["  Nothing speaks for a key on this column."]:
        console.say(line)


def _declared(catalog: Catalog, name: TableName, column: str) -> Iterator[str]:
    table = catalog.table(name)
    if table.primary_key and column in table.primary_key.columns:
        yield f"  Declared: primary key ({', '.join(table.primary_key.columns)})."
    for key in table.foreign_keys:
        if column in key.columns:
            state = "" if key.is_valid else ", not validated"
            yield f"  Declared: refers to {_key(key.references, key.referenced_columns)}{state}."


def _inferred(proposals: Proposals, table: TableName, column: str) -> Iterator[str]:
    for key in proposals.primary_keys:
        if key.table == table and column in key.columns:
            yield f"  Inferred, {key.confidence:.2f}: primary key ({', '.join(key.columns)})"
            yield from _evidence(key)
            for columns, confidence in key.rivals:
                yield f"    rival {confidence:.2f}: ({', '.join(columns)})"
    for one in proposals.foreign_keys:
        if one.table == table and column in one.columns:
            yield f"  Inferred, {one.confidence:.2f}: refers to {_key(one.references, one.referenced_columns)}"
            yield from _evidence(one)
            for rival in one.rivals:
                yield f"    rival {rival.confidence:.2f}: {_key(rival.references, rival.columns)}"
    for note in proposals.notes:
        if note.table == table and column in note.columns:
            yield f"  Note: {note.sentence}"


def _evidence(key: PrimaryKeyProposal | ForeignKeyProposal) -> Iterator[str]:
    terms: list[Evidence] = sorted(key.evidence, key=lambda term: -abs(term.weight))
    for term in terms:
        yield f"    {term.weight:+6.2f}  {term.sentence}"


def _column(catalog: Catalog, text: str) -> tuple[TableName, str]:
    """Return the column that `table.column` or `schema.table.column` means."""
    found = [
        (table.name, column.name)
        for table in catalog.tables
        for column in table.columns
        if text in (f"{table.name}.{column.name}", f"{table.name.name}.{column.name}")
    ]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"`{table}.{column}`" for table, column in found)
        raise BadInput(f"`{text}` means several columns: {names}.", remedy="Name one with its schema.")
    raise BadInput(f"No column `{text}` has been scanned.", remedy="Name it as `table.column`.")


def _key(table: TableName, columns: tuple[str, ...]) -> str:
    return f"{table}({', '.join(columns)})"
