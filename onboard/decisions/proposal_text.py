"""A proposal -> what onboard.toml says of it behind `use`: confidence, evidence, orphans, rivals, how it was measured.

Names come from the database: whatever could end a line or turn its direction is taken out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from onboard.decisions.spelling import spell_key, spell_part
from onboard.inference.edge_terms import BIAS
from onboard.inference.proposals import Evidence, ForeignKeyProposal, Measured, PrimaryKeyProposal, RowFacts

_SENTENCES = 3
_RIVALS = 2
_LONGEST = 320
_DEPTH = {Measured.NAMES: "from names alone", Measured.SAMPLE: "sampled", Measured.EXACT: "exact"}


def said_of_primary_key(proposal: PrimaryKeyProposal, *, accepted: bool) -> str:
    """Return the comment for a primary key."""
    rivals = (
        f"rival ({', '.join(spell_part(column) for column in columns)}) {confidence:.2f}"
        for columns, confidence in proposal.rivals[:_RIVALS]
    )
    return _said(proposal, proposal.facts.duplicates, "duplicates", rivals, accepted=accepted)


def said_of_foreign_key(proposal: ForeignKeyProposal, *, accepted: bool) -> str:
    """Return the comment for a foreign key."""
    rivals = (
        f"rival {spell_key(rival.references, rival.columns)} {rival.confidence:.2f}"
        for rival in proposal.rivals[:_RIVALS]
    )
    return _said(proposal, proposal.facts.orphans, "orphans", rivals, accepted=accepted)


def clean(text: str) -> str:
    """Return text that stays on its line and reads in its order: no control, format or separator characters."""
    if text.isprintable():
        return text
    return "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp", "Cs", "Co") else letter for letter in text
    )


def _said(
    proposal: PrimaryKeyProposal | ForeignKeyProposal,
    misfits: int | None,
    misfit: str,
    rivals: Iterable[str],
    *,
    accepted: bool,
) -> str:
    word = "accepted" if accepted else "waiting"
    facts = [*_sentences(proposal.evidence), *_misfits(misfits, misfit, proposal.facts)]
    depth = _DEPTH[proposal.measured]
    parts = [f"{'; '.join(facts)} ({depth})" if facts else depth, *rivals]
    said = clean(f"{word}, {proposal.confidence:.2f}: {'; '.join(parts)}")
    return said if len(said) <= _LONGEST else said[: _LONGEST - 3].rstrip() + "..."


def _sentences(evidence: tuple[Evidence, ...]) -> list[str]:
    found = [one for one in evidence if one.signal != BIAS and one.sentence.strip()]  # the prior is not evidence
    strongest = sorted(found, key=lambda one: (-abs(one.weight), one.signal, one.sentence))[:_SENTENCES]
    return [one.sentence.strip().rstrip(".") for one in strongest]


def _misfits(count: int | None, word: str, facts: RowFacts) -> list[str]:
    if count is None:
        return []
    counted = "" if facts.is_exact else " in the sample"
    if not count:
        return [f"no {word}{counted}"]
    blank = f", {facts.sentinels:,} of them 0, -1 or blank" if facts.sentinels else ""
    return [f"{count:,} {word}{counted}{blank}"]
