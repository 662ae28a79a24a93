"""Words the outcome of an inference as proposals: the best of each column and table, its evidence, its rivals."""

from __future__ import annotations

from onboard.inference.foreign_keys import Choice
from onboard.inference.inferred import Inferred
from onboard.inference.key_score import key_evidence
from onboard.inference.primary_keys import KeyChoice
from onboard.inference.proposals import ForeignKeyProposal, Measured, PrimaryKeyProposal, Rival
from onboard.inference.score import evidence
from onboard.inference.weights import weights

_WORTH_SHOWING = 0.1
_RIVAL_WORTH_SHOWING = 0.02
_MOST_RIVALS = 5


def primary_key_proposals(inferred: Inferred) -> tuple[PrimaryKeyProposal, ...]:
    """Return the best primary key of every table that declares none, by table."""
    found = [_primary_key(choice) for choice in inferred.keys if choice.ranked[0][1] >= _WORTH_SHOWING]
    return tuple(sorted(found, key=lambda proposal: proposal.table))


def _primary_key(choice: KeyChoice) -> PrimaryKeyProposal:
    key, share = choice.ranked[0]
    rivals = [(rival.names, round(other, 4)) for rival, other in choice.ranked[1:] if other >= _RIVAL_WORTH_SHOWING]
    return PrimaryKeyProposal(
        choice.table.name,
        key.names,
        round(share, 4),
        evidence=key_evidence(key, weights().primary_key[Measured.NAMES]),
        rivals=tuple(rivals[:_MOST_RIVALS]),
    )


def foreign_key_proposals(inferred: Inferred) -> tuple[ForeignKeyProposal, ...]:
    """Return the best foreign key of every column that may hold one, by table and columns."""
    found = []
    for choice in inferred.choices:
        ranked = choice.ranked()
        if ranked and ranked[0][1] >= _WORTH_SHOWING:
            found.append(_foreign_key(choice))
    return tuple(sorted(found, key=lambda proposal: (proposal.table, proposal.columns)))


def _foreign_key(choice: Choice) -> ForeignKeyProposal:
    ranked = choice.ranked()
    edge, share = ranked[0]
    rivals = [
        Rival(rival.parent.table.name, rival.parent.names, round(other, 4))
        for rival, other in ranked[1 : _MOST_RIVALS + 1]
        if other >= _RIVAL_WORTH_SHOWING
    ]
    return ForeignKeyProposal(
        choice.child.table.name,
        (choice.child.name,),
        edge.parent.table.name,
        edge.parent.names,
        round(share, 4),
        evidence=evidence(edge, weights().foreign_key[Measured.NAMES]),
        rivals=tuple(rivals),
        stem=" ".join(choice.child.own.stem),
    )
