"""Models + Catalog + counts of rows -> which gaps are closed, by which steps, and which cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from onboard.catalog.structure import Catalog, Key, Table, TableName
from onboard.declared import declared
from onboard.migrations.tighten import gaps
from onboard.migrations.tighten.gap import Gap, GapKind, Question, Step
from onboard.migrations.tighten.scene import Scene

Count = Callable[[str], int]  # runs SQL that counts rows on the live database


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows that stand against closing a gap."""

    question: Question
    rows: int


@dataclass(frozen=True, slots=True)
class OpenGap:
    """A gap that stays open, and why: rows stand against it, or it cannot be closed at all."""

    gap: Gap
    counted: tuple[Counted, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Tightening:
    """What is to be done."""

    before: tuple[Step, ...]  # before the tables become Django's
    after: tuple[Step, ...]
    refused: tuple[OpenGap, ...]  # rows stand against them: a person must say what becomes of these
    left: tuple[OpenGap, ...]  # these cannot be closed, or rows were left as they are on request
    keyed: tuple[TableName, ...]  # tables that get their key


def tightening(scene: Scene, count: Count, *, orphans: str | None) -> Tightening:
    """Return how the gaps of the chosen tables are closed; `orphans` is "null", "delete", "keep" or nothing.

    Every question about rows is asked once, on the live database.
    """
    before: list[Step] = []
    after: list[Step] = []
    refused: list[OpenGap] = []
    left: list[OpenGap] = []
    keyed: list[TableName] = []
    unkeyed: set[TableName] = set()
    for kind, gap in _gaps(scene):
        if gap.hindrance:
            left.append(OpenGap(gap, reason=gap.hindrance))
            continue
        counted = tuple(Counted(one, rows) for one in gap.questions if (rows := count(one.count)))
        steps = _steps(gap, counted, orphans)
        if gap.references in unkeyed:
            steps = f"{gap.references} gets no key"
        if isinstance(steps, str):
            refused.append(OpenGap(gap, counted, steps))
            unkeyed |= {gap.table} if kind.is_before_promotion else set()
            continue
        (before if kind.is_before_promotion else after).extend(steps)
        keyed.extend([gap.table] if kind.is_before_promotion else [])
        left.extend([OpenGap(gap, counted, "they are left as they are")] if counted and orphans == "keep" else [])
    return Tightening(tuple(before), tuple(after), tuple(refused), tuple(left), tuple(keyed))


def tightened_catalog(catalog: Catalog, scene: Scene, keyed: tuple[TableName, ...]) -> Catalog:
    """Return the catalogue as it will be once these tables have their keys: what a promotion is then proven against."""

    def table(one: Table) -> Table:
        if one.name not in keyed:
            return one
        key = scene.key(one.name)
        columns = tuple(
            replace(column, is_nullable=column.is_nullable and column.name not in key) for column in one.columns
        )
        return replace(one, columns=columns, primary_key=Key(f"{one.name.name}_pkey", key))

    return replace(catalog, tables=tuple(table(one) for one in catalog.tables))


def _gaps(scene: Scene) -> Iterator[tuple[GapKind, Gap]]:
    for kind in sorted(declared(gaps, "GAP", GapKind), key=lambda kind: kind.rank):
        for table in scene.chosen:
            yield from ((kind, gap) for gap in kind.find(scene, table))


def _steps(gap: Gap, counted: tuple[Counted, ...], orphans: str | None) -> tuple[Step, ...] | str:
    """Return the steps that close the gap, or why the rows forbid it."""
    validation = (gap.validation,) if gap.validation else ()
    if not counted:
        return (*gap.steps, *validation)
    if gap.orphans is None or orphans is None:
        return "mend them first" if gap.orphans is None else "mend them, or say `--orphans null`, `delete` or `keep`"
    if orphans == "keep":
        return gap.steps
    chosen = gap.orphans.null if orphans == "null" else gap.orphans.delete
    return chosen if isinstance(chosen, str) else (*gap.steps, chosen, *validation)
