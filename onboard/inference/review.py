"""Orders what waits for a person: the decision that settles most columns comes first.

Columns of one stem that would lead to the same key are one decision, because an answer on one votes for the others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from onboard.catalog.structure import TableName
from onboard.inference.proposals import ForeignKeyProposal, PrimaryKeyProposal, Proposals
from onboard.inference.threshold import DEFAULT_THRESHOLD

_WORTH_A_LOOK = 0.25  # below this a proposal is more likely noise than news
_SURE = 0.97  # above this nobody needs to look


@dataclass(frozen=True, slots=True)
class Question:
    """One decision for a person."""

    kind: str  # "foreign_key" or "primary_key"
    table: TableName  # where to answer it: the likeliest column of the stem
    columns: tuple[str, ...]
    references: TableName | None
    referenced_columns: tuple[str, ...]
    confidence: float
    is_accepted: bool  # as things stand
    settles: int  # columns of the stem that an answer decides, this one included
    doubt: float  # what is expected to be put right by an answer, in columns


def review_queue(proposals: Proposals, *, threshold: float = DEFAULT_THRESHOLD) -> tuple[Question, ...]:
    """Return the open questions, the most worth answering first."""
    stems: dict[tuple[str, TableName, tuple[str, ...]], list[ForeignKeyProposal]] = defaultdict(list)
    for key in proposals.foreign_keys:
        if _WORTH_A_LOOK <= key.confidence < _SURE:
            stem = key.stem or " ".join((str(key.table), *key.columns))
            itself = TableName("", "") if key.references == key.table else key.references
            stems[stem, itself, key.referenced_columns].append(key)
    questions = [_about(keys, threshold) for keys in stems.values()]
    for primary in proposals.primary_keys:
        if _WORTH_A_LOOK <= primary.confidence < _SURE:
            questions.append(_about_primary(primary, threshold))
    return tuple(sorted(questions, key=lambda one: (-one.doubt, -one.settles, one.table, one.columns)))


def _about(keys: list[ForeignKeyProposal], threshold: float) -> Question:
    best = max(keys, key=lambda key: (key.confidence, key.table, key.columns))
    return Question(
        "foreign_key",
        best.table,
        best.columns,
        best.references,
        best.referenced_columns,
        best.confidence,
        best.confidence >= threshold,
        len(keys),
        round(sum(min(key.confidence, 1 - key.confidence) for key in keys), 4),
    )


def _about_primary(key: PrimaryKeyProposal, threshold: float) -> Question:
    return Question(
        "primary_key",
        key.table,
        key.columns,
        None,
        (),
        key.confidence,
        key.confidence >= threshold,
        1,
        round(min(key.confidence, 1 - key.confidence), 4),
    )
