"""Infers the keys that a Catalog does not declare: names and structure first, then rows where they may be read.

Primary and foreign keys are decided together, because each is evidence for the other. Declared keys stay what
they are and are evidence too.
"""

from __future__ import annotations

from collections.abc import Callable

from onboard.catalog.structure import Catalog
from onboard.inference.answers import Answers
from onboard.inference.from_rows import add_row_evidence
from onboard.inference.inferred import Inferred, infer_from_names
from onboard.inference.notes import column_notes, polymorphic_notes
from onboard.inference.polymorphic import polymorphic_pairs
from onboard.inference.proposals import Proposals
from onboard.inference.rows import Rows
from onboard.inference.wording import foreign_key_proposals, primary_key_proposals


def propose(
    catalog: Catalog, *, answers: Answers, rows: Rows | None, budget_s: float | None, progress: Callable[[str], None]
) -> Proposals:
    """Return the keys nobody declared, with evidence and confidence; `rows` None looks at names and structure alone.

    `progress` is told what is being looked at. An interrupt (`KeyboardInterrupt`) while rows are read ends the
    reading, not the work: the proposals are those that the evidence so far allows, and `left_out` says so.
    """
    progress("names")
    inferred = infer_from_names(catalog, answers)
    if rows is not None:
        add_row_evidence(inferred, rows, budget_s, progress)
    return _proposals(inferred)


def _proposals(inferred: Inferred) -> Proposals:
    notes = [*polymorphic_notes(polymorphic_pairs(inferred.schema)), *column_notes(inferred.schema)]
    return Proposals(
        primary_keys=primary_key_proposals(inferred),
        foreign_keys=foreign_key_proposals(inferred),
        notes=tuple(sorted(notes, key=lambda note: (note.table, note.columns, note.kind))),
        left_out=tuple(sorted(inferred.left_out)),
    )
