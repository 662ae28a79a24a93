"""Asks rows whether the candidates of a table identify its rows: a sample refutes, only a count of every row proves."""

from __future__ import annotations

from collections.abc import Sequence

from onboard.inference.key_candidates import KeyCandidate, NameUse, plays_a_part
from onboard.inference.measured import Uniqueness
from onboard.inference.proposals import Measured
from onboard.inference.row_evidence import EXACT_TIMEOUT_S, PROBE_TIMEOUT_S, RowReader, columns_of
from onboard.inference.rows import NotMeasured


def read_uniqueness(reader: RowReader, candidates: Sequence[KeyCandidate], use: NameUse) -> list[KeyCandidate]:
    """Return the candidates of one table that rows do not refute, small sets before larger, likeliest first.

    A set of which a part is unique already is one only where each column that it adds could be part of a key.
    """
    table = candidates[0].table
    if not reader.is_filled(table):
        return list(candidates)
    known = reader.situation.uniqueness
    kept: list[KeyCandidate] = []
    for candidate in sorted(candidates, key=lambda key: (len(key.columns), -key.logit, key.names)):
        smaller = next((key for key in kept if set(key.names) < set(candidate.names)), None)
        if smaller and not all(
            plays_a_part(column, use) for column in candidate.columns if column not in smaller.columns
        ):
            continue
        part = known.get((table.name, smaller.names)) if smaller else None
        if part is not None:  # it is unique because a part of it is, maybe by accident
            known.setdefault((table.name, candidate.names), part)
        _ask(reader, candidate)
        found = known.get((table.name, candidate.names))
        if found is None or not is_refuted(found):
            kept.append(candidate)
    return kept


def is_refuted(found: Uniqueness) -> bool:
    """Whether rows show that columns are no key; no further row can undo it."""
    return bool(found.duplicates or found.nulls)


def depth_of(reader: RowReader, candidate: KeyCandidate) -> Measured:
    """Return how deep the rows were asked about a candidate."""
    found = reader.situation.uniqueness.get((candidate.table.name, candidate.names))
    if found is None:
        return Measured.NAMES
    return Measured.EXACT if found.is_exact else Measured.SAMPLE


def _ask(reader: RowReader, candidate: KeyCandidate) -> None:
    key = (candidate.table.name, candidate.names)
    if key in reader.situation.uniqueness:
        return
    reader.progress(f"{candidate.table.name} ({', '.join(candidate.names)})")
    is_whole = candidate.table.name in reader.whole
    try:
        reader.situation.uniqueness[key] = reader.rows.uniqueness(
            columns_of(candidate.columns),
            sampled_rows=None if is_whole else reader.depth.sampled_rows,
            timeout_s=reader.timeout(EXACT_TIMEOUT_S if is_whole else PROBE_TIMEOUT_S),
        )
    except NotMeasured as error:
        reader.left_out.append((candidate.table.name, str(error)))


def prove_uniqueness(reader: RowReader, candidate: KeyCandidate, most_s: float) -> bool:
    """Count every row, where a sample has refuted nothing; False where that was not possible."""
    reader.progress(f"{candidate.table.name} ({', '.join(candidate.names)}), every row")
    try:
        found = reader.rows.uniqueness(
            columns_of(candidate.columns), timeout_s=min(most_s, reader.timeout(EXACT_TIMEOUT_S))
        )
    except NotMeasured as error:
        reader.name_lost(candidate.table.name, error)
        return False  # what the sample says stays
    reader.situation.uniqueness[candidate.table.name, candidate.names] = found
    return True
