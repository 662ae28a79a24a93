"""`onboard promote --tighten`: rows counted, gaps closed by migrations, each with its lock and its SQL."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onboard.cli import console
from onboard.cli.outcome import DoneInPart, Outcome
from onboard.cli.text import one_line
from onboard.errors import BadInput, Refused

if TYPE_CHECKING:
    from onboard.catalog.structure import ForeignKey, TableName
    from onboard.cli.commands._handover import Opened
    from onboard.cli.workspace import Workspace
    from onboard.migrations.tighten.chain import Link
    from onboard.migrations.tighten.plan import Count, OpenGap, Tightening
    from onboard.migrations.tighten.scene import Scene
    from onboard.verify.readiness import Readiness


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for."""

    tables: tuple[TableName, ...]
    every: bool
    each: bool
    dry_run: bool
    orphans: str | None
    not_null: tuple[str, ...]  # `table.column`


def tightened(workspace: Workspace, found: Opened, wish: Wish) -> Outcome:
    """Promote what is not promoted, and close the gaps of all tables asked for."""
    from onboard.migrations.tighten.plan import tightening

    scene, count = _scene(workspace, found, wish), _counter(found)
    plan = tightening(scene, count, orphans=wish.orphans)
    if plan.refused and not wish.every:
        raise _refused(plan.refused)
    blocked = _blocked(workspace, found, scene, plan, wish)
    if blocked:
        if not wish.every:
            from onboard.cli.commands.promote import refusal

            raise refusal(blocked)
        out = {one.table for one in blocked}
        scene = replace(scene, chosen=tuple(table for table in scene.chosen if table not in out), given=set())
        plan = replace(tightening(scene, count, orphans=wish.orphans), refused=plan.refused)
    _write(workspace, found, scene, plan, wish)
    left_out = [f"{one.table}: {one.blockers[0].reason}" for one in blocked]
    left_out += [line for one in (*plan.refused, *plan.left) for line in _worded(one)]
    return DoneInPart(tuple(left_out)) if left_out else None


def _scene(workspace: Workspace, found: Opened, wish: Wish) -> Scene:
    from onboard.catalog.lookup import by_name
    from onboard.catalog.structure import TableKind
    from onboard.migrations.tighten.helper import helper_module
    from onboard.migrations.tighten.scene import Scene
    from onboard.verify.readiness import steps

    subject, tables = found.subject, by_name(found.catalog)
    kinds = (TableKind.TABLE, TableKind.PARTITIONED)
    real = [table for table in wish.tables if table in tables and tables[table].kind in kinds]
    return Scene(
        found.catalog,
        subject.models,
        subject.located.table,
        helper_module(subject.app_label, found.catalog.engine),
        tuple(table for step in steps(subject, found.catalog, real) for table in step),
        _columns(workspace, found, wish),
        _composites(workspace, found),
    )


def _composites(workspace: Workspace, found: Opened) -> tuple[tuple[TableName, ForeignKey], ...]:
    """Return the accepted foreign keys of several columns that the database does not declare."""
    from onboard.catalog.structure import ForeignKey
    from onboard.inference.proposals import Origin

    if workspace.text(".onboard/evidence.json") is None:
        return ()
    decisions = workspace.decisions(workspace.record(found.subject.app_label), workspace.catalog())
    return tuple(
        (table.table, ForeignKey("", one.columns, one.references, one.referenced_columns, on_delete=one.on_delete))
        for table in decisions.tables
        for one in table.relations
        if len(one.columns) > 1 and one.origin is Origin.INFERRED
    )


def _columns(workspace: Workspace, found: Opened, wish: Wish) -> frozenset[tuple[TableName, str]]:
    from onboard.cli.tables import table_named
    from onboard.decisions.spelling import parse_spelling

    columns = set()
    for text in wish.not_null:
        *name, column = parse_spelling(text).parts
        table = table_named(workspace.catalog(), ".".join(name))
        if table not in wish.tables:
            raise BadInput(f"`--not-null {text}` is not of a table to be tightened.", remedy="Name the table, too.")
        if column not in {one.name for one in found.catalog.table(table).columns}:
            raise BadInput(f"Table `{table}` has no column `{column}`.", where=f"`--not-null {text}`")
        columns.add((table, column))
    return frozenset(columns)


def _counter(found: Opened) -> Count:
    """Each question is asked once, however often the plan is made."""
    from onboard.migrations.tighten.counts import count_rows

    known: dict[str, int] = {}

    def count(sql: str) -> int:
        if sql not in known:
            console.progress(f"Counting: {sql}")
            known[sql] = count_rows(found.subject.connection, sql)
            console.progress_done()
        return known[sql]

    return count


def _blocked(workspace: Workspace, found: Opened, scene: Scene, plan: Tightening, wish: Wish) -> list[Readiness]:
    """What blocks the promotions, once the tables have the keys that they are about to get."""
    from onboard.cli.commands._handover import board
    from onboard.migrations.tighten.plan import tightened_catalog

    keyed = replace(found, catalog=tightened_catalog(found.catalog, scene, plan.keyed))
    open_tables = {table for table in wish.tables if not found.subject.is_promoted(table)}
    return [one for one in board(workspace, keyed) if one.table in open_tables and one.blockers]


def _write(workspace: Workspace, found: Opened, scene: Scene, plan: Tightening, wish: Wish) -> None:
    from onboard.cli.commands._handover import show_diff, show_files, show_pending, show_tables
    from onboard.cli.promoted_shapes import promoted_shapes
    from onboard.migrations.promotion import promotion
    from onboard.migrations.tighten.chain import chain
    from onboard.migrations.tighten.files import tightening_files
    from onboard.project.files import joined

    subject = found.subject
    opened = [table for table in scene.chosen if not subject.is_promoted(table)]
    handed = promotion(subject.history, [subject.handover(table) for table in opened], each=wish.each) if opened else ()
    links = chain(subject.history, plan.before, handed, plan.after)
    if not links:
        console.say("Promoted and tight already. Nothing to do.")
        return
    shapes = promoted_shapes(workspace, workspace.record(subject.app_label), found.catalog, opened)
    tree = joined(tightening_files(workspace.root, links, subject.models, opened), shapes)
    if wish.dry_run:
        show_diff(workspace, tree)
        _show(found, links)
        return
    workspace.save(tree)
    show_files(tree)
    show_tables("Promoted", subject, opened)
    _show(found, links)
    show_pending(subject)


def _show(found: Opened, links: tuple[Link, ...]) -> None:
    from onboard.migrations.tighten.chain import statements

    ran = statements(found.subject.history, links, found.subject.connection)
    for link, lines in zip(links, ran, strict=True):
        console.say(f"\n{link.migration.name}: {one_line(link.step.title) if link.step else 'Django owns the tables.'}")
        console.say(f"  Locks: {link.step.lock if link.step else 'nothing.'}")
        for line in lines:
            console.say(f"  {one_line(line)}")
        if not lines:
            console.say("  No SQL: only Django's record changes.")
    console.say()


def _refused(gaps: tuple[OpenGap, ...]) -> Refused:
    lines = [f"  {line}" for one in gaps for line in _worded(one)]
    return Refused("Rows stand against what was asked for:\n" + "\n".join(lines) + "\nNothing has been changed.")


def _worded(one: OpenGap) -> list[str]:
    rows = ", ".join(f"{counted.rows:,} {counted.question.what}" for counted in one.counted)
    reason = f"{rows}: {one.reason}" if rows else one.reason
    lines = [one_line(f"{one.gap.table}: {one.gap.sentence}; {reason}")]
    lines += [f"    see them: {one_line(counted.question.show)}" for counted in one.counted]
    return lines
