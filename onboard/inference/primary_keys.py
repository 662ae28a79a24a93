"""Chooses, for every table that declares no primary key, what may be it; adds the likely ones to the tables' keys."""

from __future__ import annotations

from dataclasses import dataclass, field

from onboard.catalog.structure import TableKind
from onboard.inference.key_candidates import KeyCandidate, NameUse, key_candidates
from onboard.inference.key_score import measure_key, weigh_key
from onboard.inference.proposals import Measured
from onboard.inference.schema import KeyView, Schema, TableView
from onboard.inference.score import shares

_WORTH_REFERRING_TO = 0.15
_MOST_KEYS = 3


@dataclass(slots=True, eq=False)
class KeyChoice:
    """The candidates of one table with their shares of confidence, best first."""

    table: TableView
    ranked: list[tuple[KeyCandidate, float]]
    candidates: list[KeyCandidate] = field(default_factory=list)  # all, also those that rows refuted
    measured: Measured = Measured.NAMES


def measured_candidates(schema: Schema, use: NameUse) -> list[list[KeyCandidate]]:
    """Return the measured candidates of every table without a declared primary key; those without any left out."""
    found = []
    for table in schema.tables:
        if table.table.primary_key is not None or table.table.kind is TableKind.FOREIGN:
            continue
        candidates = key_candidates(table, use)
        for candidate in candidates:
            measure_key(candidate, use)
        if candidates:
            found.append(candidates)
    return found


def choose_keys(candidates: list[KeyCandidate], stage: Measured) -> KeyChoice:
    """Return the choice among the measured candidates of one table, with the weights of a stage."""
    for candidate in candidates:
        weigh_key(candidate, stage)
    confidence = shares([candidate.logit for candidate in candidates])
    ranked = sorted(zip(candidates, confidence, strict=True), key=lambda pair: (-pair[1], pair[0].names))
    return KeyChoice(candidates[0].table, ranked, candidates)


def add_likely_keys(choice: KeyChoice) -> None:
    """Let other columns refer to what is likely a key; what was added before is replaced."""
    table = choice.table
    table.keys = [key for key in table.keys if key.is_declared]
    known = {frozenset(key.names) for key in table.keys}
    likely = [(key, share) for key, share in choice.ranked if share >= _WORTH_REFERRING_TO]
    for candidate, share in likely[:_MOST_KEYS]:
        if frozenset(candidate.names) in known:
            table.keys = [key for key in table.keys if frozenset(key.names) != frozenset(candidate.names)]
        table.keys.append(KeyView(table, candidate.columns, is_primary=True, is_declared=False, confidence=share))
