"""`onboard scan`: read a database's structure and, where allowed, evidence from its rows; write `.onboard/`."""

from __future__ import annotations

import os
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onboard.cli import console
from onboard.cli.options import workspace_option
from onboard.cli.outcome import DoneInPart, Found, Outcome
from onboard.errors import BadInput

if TYPE_CHECKING:
    from onboard.catalog.ddl import Ddl
    from onboard.catalog.dsn import Dsn
    from onboard.catalog.snapshot import Selection, Snapshot
    from onboard.catalog.structure import Catalog
    from onboard.cli.findings import Finding, Findings
    from onboard.cli.workspace import Workspace
    from onboard.decisions.person import Person
    from onboard.inference.proposals import Proposals

_FIRST = 12  # findings shown at the end of a scan


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line says of this scan."""

    schemas: tuple[str, ...]
    tables: tuple[str, ...]
    exclude: tuple[str, ...]
    views: bool
    partitions: bool


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What evidence is looked for."""

    with_rows: bool
    infer: bool
    samples: bool
    budget_s: float


@click.command(name="scan", short_help="Read a database: structure, then evidence for keys nobody declared.")
@click.argument("dsn", required=False)
@click.option("--schema", "schemas", metavar="S", multiple=True, help="Scan this schema (repeatable).")
@click.option("--table", "tables", metavar="GLOB", multiple=True, help="Only tables that match (repeatable).")
@click.option("--exclude", metavar="GLOB", multiple=True, help="No tables that match (repeatable).")
@click.option("--views", is_flag=True, help="Views and materialised views too.")
@click.option(
    "--partitions",
    is_flag=True,
    help="Partitions too, also those made by inheritance.",
)
@click.option("--no-data", is_flag=True, help="Read neither rows nor statistics made of values.")
@click.option("--no-infer", is_flag=True, help="Structure only: propose no keys.")
@click.option(
    "--budget",
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    default=120.0,
    show_default=True,
    help="Time for evidence from rows.",
)
@click.option("--samples", is_flag=True, help="Write the values of columns that hold few, as choices to accept.")
@click.option("--ddl", is_flag=True, help="Also the database's own DDL, for `generate --baseline sql` (needs pg_dump).")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if the structure differs from the last scan.")
@click.option("--json", "json_to", metavar="FILE|-", help="Write what was found as JSON; `-` is stdout.")
@workspace_option
def COMMAND(
    workspace: Workspace,
    dsn: str | None,
    schemas: tuple[str, ...],
    tables: tuple[str, ...],
    exclude: tuple[str, ...],
    views: bool,
    partitions: bool,
    no_data: bool,
    no_infer: bool,
    budget: float,
    samples: bool,
    ddl: bool,
    check: bool,
    json_to: str | None,
) -> Outcome:
    """Read the database at DSN (or $DATABASE_URL) and write down what is there.

    postgresql://user@host/name or sqlite:///path. Nothing is ever written to the database; passwords are written
    nowhere, and values of rows only with --samples, to onboard.toml, of columns that hold few. The structure goes to
    .onboard/catalog.json, evidence for keys that nobody declared to .onboard/evidence.json, and onboard.toml lists
    those keys for you to rule on.
    """
    from onboard.catalog.dsn import parse_dsn
    from onboard.catalog.read import read_snapshot

    text = dsn or os.environ.get("DATABASE_URL")
    if not text:
        raise BadInput(
            "No database was named.",
            remedy="Give a DSN, such as `onboard scan postgresql://user@host/name`, or set `DATABASE_URL`.",
        )
    if samples and (no_data or no_infer):
        raise BadInput("`--samples` needs the rows.", remedy="Leave out `--no-data` and `--no-infer`, or `--samples`.")
    where = parse_dsn(text)
    person = workspace.person()
    selection = _selection(person, _Asked(schemas, tables, exclude, views, partitions))
    console.progress(f"Reading the structure of {where.describe()}")
    snapshot = read_snapshot(where, selection)
    if check:
        return _compared(workspace, snapshot.catalog)
    read_ddl = _ddl(workspace, where, snapshot.catalog, is_asked=ddl)
    asked = _Evidence(with_rows=not no_data, infer=not no_infer, samples=samples, budget_s=budget)
    proposals = _proposals(where, snapshot, person, asked)
    return _finished(workspace, snapshot, selection, proposals, json_to, read_ddl)


def _ddl(workspace: Workspace, where: Dsn, catalog: Catalog, *, is_asked: bool) -> Ddl | None:
    """Return the database's own DDL where it is asked for, or was once: a later scan keeps it up to date."""
    from onboard.catalog.read import read_ddl
    from onboard.cli.workspace import DDL

    if not is_asked and workspace.text(DDL) is None:
        return None
    console.progress(f"Reading the DDL of {where.describe()}")
    return read_ddl(where, catalog)


def _selection(person: Person, asked: _Asked) -> Selection:
    """The command line wins over `onboard.toml`, option by option."""
    from onboard.catalog.snapshot import Selection

    return Selection(
        schemas=asked.schemas or person.schemas,
        tables=asked.tables or person.tables,
        exclude=asked.exclude or person.exclude,
        views=asked.views or person.views,
        partitions=asked.partitions or person.partitions,
    )


def _compared(workspace: Workspace, now: Catalog) -> Outcome:
    from onboard.cli.drift import drift

    lines = drift(workspace.catalog(), now)
    for line in lines:
        console.say(line)
    if lines:
        return Found(f"The structure differs from the last scan in {len(lines)} places; `onboard scan` takes it in.")
    console.warn("The structure is as it was at the last scan.")
    return None


def _proposals(where: Dsn, snapshot: Snapshot, person: Person, asked: _Evidence) -> Proposals:
    from onboard.decisions.person import resolved
    from onboard.inference.proposals import Proposals
    from onboard.inference.propose import propose
    from onboard.inference.rows import open_rows

    if not asked.infer:
        return Proposals()
    answers = resolved(person, snapshot.catalog).answers
    catalog = replace(snapshot.catalog, tables=(*snapshot.catalog.tables, *snapshot.views))
    with open_rows(where) if asked.with_rows else nullcontext() as rows:
        return propose(
            catalog,
            answers=answers,
            rows=rows,
            budget_s=asked.budget_s,
            progress=console.steady_progress(),
            samples=asked.samples,
        )


def _finished(
    workspace: Workspace,
    snapshot: Snapshot,
    selection: Selection,
    proposals: Proposals,
    json_to: str | None,
    ddl: Ddl | None,
) -> Outcome:
    from onboard.cli.findings import findings, is_deliberate
    from onboard.decisions.person import read_person

    toml = _save(workspace, snapshot, selection, proposals, ddl)
    person = read_person(toml)
    if json_to:
        _write_json(snapshot.catalog, proposals, person, json_to)
    found = findings(snapshot.catalog, proposals, person)
    if json_to != "-":
        _summary(snapshot.catalog, proposals, found)
        if not selection.schemas:
            _passed_over(snapshot.passed_over)
        console.say("\nEdit onboard.toml where a key is wrong, then run: onboard generate --app NAME")
    missing = [one for one in (*found.left_out, *_unread(found)) if not is_deliberate(one)]
    return DoneInPart(tuple(f"{one.place}: {one.sentence}" for one in missing)) if missing else None


def _save(workspace: Workspace, snapshot: Snapshot, selection: Selection, proposals: Proposals, ddl: Ddl | None) -> str:
    from onboard.catalog import canonical
    from onboard.catalog.ddl import ddl_to_json
    from onboard.cli.workspace import CATALOG, DDL, EVIDENCE, PERSON, file
    from onboard.decisions.person import updated_toml
    from onboard.inference import evidence_file
    from onboard.project.files import tree_of

    toml = updated_toml(workspace.text(PERSON), snapshot.catalog, proposals, selection=selection)
    files = [
        file(CATALOG, canonical.to_json(snapshot.catalog)),
        file(EVIDENCE, evidence_file.to_json(proposals, snapshot.row_estimates)),
        file(PERSON, toml),
        file(".onboard/.gitignore", "cache/\n"),
        *((file(DDL, ddl_to_json(ddl)),) if ddl else ()),
    ]
    workspace.save(tree_of(files))
    return toml


def _write_json(catalog: Catalog, proposals: Proposals, person: Person, place: str) -> None:
    from onboard.decisions.scan_document import scan_document

    text = scan_document(catalog, proposals, person)
    if place == "-":
        console.document(text)
        return
    target = Path(place)
    from onboard.project.write import write_one

    write_one(target, text)


def _unread(found: Findings) -> list[Finding]:
    return [one for one in found.look_first if one.kind == "rows not read"]


def _summary(catalog: Catalog, proposals: Proposals, found: Findings) -> None:
    from onboard.inference.proposals import Origin

    used = [relation for relations in found.keys.relations.values() for relation in relations]
    inferred = sum(relation.origin is Origin.INFERRED for relation in used)
    console.say(
        f"{len(catalog.tables)} tables in {', '.join(catalog.schemas)} ({catalog.engine} {catalog.version}): "
        f"{len(used) - inferred} foreign keys declared, {len(proposals.foreign_keys)} proposed, {inferred} used."
    )
    _shown("Look at these first", found.look_first, "onboard keys, onboard report")
    _shown("What Django will not know", found.unknown_to_django, "onboard report")


def _passed_over(schemas: tuple[str, ...]) -> None:
    if schemas:
        named = ", ".join(schemas[:_FIRST]) + (f" and {len(schemas) - _FIRST} more" if len(schemas) > _FIRST else "")
        console.say(f"\nTables of other schemas were not scanned: {named}. Name each with --schema, `public` too.")


def _shown(title: str, rows: tuple[Finding, ...], more: str) -> None:
    if rows:
        console.say()
        console.table(("", "where", ""), [(one.kind, one.place, one.sentence) for one in rows[:_FIRST]], title=title)
        if len(rows) > _FIRST:
            console.say(f"... and {len(rows) - _FIRST} more: {more}")
