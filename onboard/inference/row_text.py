"""Says in one line what rows were counted, and whether all of them or a sample."""

from __future__ import annotations

from onboard.inference.proposals import RowFacts


def said_of_rows(facts: RowFacts) -> str:
    """Return the counts as a sentence; empty where no row was counted."""
    if facts.rows is None:
        return ""
    depth = "exact" if facts.is_exact else "sampled"
    parts = [f"{facts.rows:,} rows"]
    for count, word in (
        (facts.distinct, "distinct values"),
        (facts.nulls, "NULLs"),
        (facts.duplicates, "duplicates"),
        (facts.orphans, "orphans"),
        (facts.sentinels, "of them 0, -1 or blank"),
    ):
        if count is not None:
            parts.append(f"{count:,} {word}")
    return f"{', '.join(parts)} ({depth})"
