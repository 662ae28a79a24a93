"""Infers the keys that a Catalog does not declare: names and structure first, then rows where they may be read.

Primary and foreign keys are decided together, because each is evidence for the other. Declared keys stay what
they are and are evidence too.
"""

from __future__ import annotations

from collections.abc import Callable

from onboard.catalog.structure import Catalog, TableName
from onboard.cycle_collector import held_back
from onboard.inference.answers import Answers
from onboard.inference.from_rows import add_row_evidence
from onboard.inference.inferred import Inferred, infer_from_names
from onboard.inference.notes import column_notes, polymorphic_notes
from onboard.inference.proposals import Proposals, ValueSet
from onboard.inference.rows import Rows
from onboard.inference.schema import TableView
from onboard.inference.value_sets import small_sets, with_values
from onboard.inference.wording import foreign_key_proposals, primary_key_proposals


def propose(
    catalog: Catalog,
    *,
    answers: Answers,
    rows: Rows | None,
    budget_s: float | None,
    progress: Callable[[str], None],
    samples: bool = False,
) -> Proposals:
    """Return the keys nobody declared, with evidence and confidence; `rows` None looks at names and structure alone.

    With `samples`, sets of few values come with the values that the rows hold; nothing else of theirs is kept.
    `progress` is told what is being looked at. An interrupt (`KeyboardInterrupt`) while rows are read ends the
    reading, not the work: the proposals are those that the evidence so far allows, and `left_out` says so.
    """
    progress("names")
    with held_back():
        inferred = infer_from_names(catalog, answers)
        if rows is not None:
            add_row_evidence(inferred, rows, budget_s, progress)
        sets = small_sets(inferred)
        if samples and rows is not None and not inferred.interrupted:
            sets = with_values(sets, rows, inferred, progress)
        proposals = _proposals(inferred, sets)
        inferred.schema.forget()
        del inferred
        return proposals


def _proposals(inferred: Inferred, sets: list[ValueSet]) -> Proposals:
    notes = [*polymorphic_notes(inferred.polymorphic), *column_notes(inferred.schema, sets)]
    return Proposals(
        primary_keys=primary_key_proposals(inferred),
        foreign_keys=foreign_key_proposals(inferred),
        value_sets=tuple(sorted(sets, key=lambda one: (one.table, one.column))),
        notes=tuple(sorted(notes, key=lambda note: (note.table.schema, note.table.name, note.columns, note.kind))),
        left_out=_left_out(inferred),
    )


def _left_out(inferred: Inferred) -> tuple[tuple[TableName, str], ...]:
    """Return each table once, with the first reason; after an interrupt also those that nobody got to."""
    reasons = dict(reversed(inferred.left_out))
    if inferred.interrupted:
        for table in inferred.schema.tables:
            if inferred.situation.sizes.get(table.name, 1) and not _was_read(inferred, table):
                reasons.setdefault(table.name, "interrupted before its rows were read")
    return tuple(sorted(reasons.items()))


def _was_read(inferred: Inferred, table: TableView) -> bool:
    return any((table.name, column.name) in inferred.situation.profiles for column in table.columns)
