"""Words the outcome of an inference as proposals: the best of each column and table, its evidence, its rivals."""

from __future__ import annotations

from collections.abc import Sequence

from onboard.catalog.structure import TableName
from onboard.inference.calibration import calibrated
from onboard.inference.candidates import Edge
from onboard.inference.composite import CompositeChoice, CompositeEdge
from onboard.inference.foreign_keys import Choice
from onboard.inference.inferred import Inferred
from onboard.inference.key_score import key_evidence
from onboard.inference.pair_score import pair_evidence, ranked_pairs
from onboard.inference.partition_columns import with_partition_columns
from onboard.inference.primary_keys import KeyChoice
from onboard.inference.proposals import Evidence, ForeignKeyProposal, PrimaryKeyProposal, Rival, RowFacts
from onboard.inference.row_inclusions import pair_of
from onboard.inference.score import evidence
from onboard.inference.weights import weights

_WORTH_SHOWING = 0.1
_RIVAL_WORTH_SHOWING = 0.02
_MOST_RIVALS = 5
_NO_FACTS = RowFacts()


def primary_key_proposals(inferred: Inferred) -> tuple[PrimaryKeyProposal, ...]:
    """Return the best primary key of every table that declares none, by table."""
    found = [
        _primary_key(inferred, choice)
        for choice in inferred.keys
        if choice.ranked and choice.ranked[0][1] >= _WORTH_SHOWING
    ]
    return tuple(sorted(found, key=lambda proposal: proposal.table))


def _primary_key(inferred: Inferred, choice: KeyChoice) -> PrimaryKeyProposal:
    key, share = choice.ranked[0]
    rivals = [
        (with_partition_columns(choice.table, rival.names), calibrated(other, "primary_key", choice.measured))
        for rival, other in choice.ranked[1:]
        if other >= _RIVAL_WORTH_SHOWING
    ]
    names = with_partition_columns(choice.table, key.names)
    return PrimaryKeyProposal(
        choice.table.name,
        names,
        calibrated(share, "primary_key", choice.measured),
        choice.measured,
        facts=_uniqueness_facts(inferred, choice.table.name, key.names),
        evidence=(*key_evidence(key, weights().primary_key[choice.measured]), *_partitioned(key.names, names)),
        rivals=tuple(rivals[:_MOST_RIVALS]),
    )


def _partitioned(meant: tuple[str, ...], names: tuple[str, ...]) -> tuple[Evidence, ...]:
    """Say which columns are there only because the table is partitioned by them."""
    added = [name for name in names if name not in meant]
    if not added:
        return ()
    listed = ", ".join(f"`{name}`" for name in added)
    return (Evidence("partitioned", 0.0, f"the table is partitioned by {listed}, which every key of it must hold"),)


def foreign_key_proposals(inferred: Inferred) -> tuple[ForeignKeyProposal, ...]:
    """Return the best foreign key of every column that may hold one, by table and columns."""
    found = []
    for choice in inferred.choices:
        ranked = choice.ranked()
        if ranked and ranked[0][1] >= _WORTH_SHOWING:
            found.append(_foreign_key(inferred, choice))
    for composite in inferred.composites:
        pairs = ranked_pairs(composite)
        if pairs[0][1] >= _WORTH_SHOWING:
            found.append(_composite(composite, pairs))
    return tuple(sorted(found, key=lambda one: (one.table.schema, one.table.name, one.columns)))


def _foreign_key(inferred: Inferred, choice: Choice) -> ForeignKeyProposal:
    ranked = choice.ranked()
    edge, share = ranked[0]
    rivals = [
        Rival(rival.parent.table.name, rival.parent.names, calibrated(other, "foreign_key", choice.measured))
        for rival, other in ranked[1 : _MOST_RIVALS + 1]
        if other >= _RIVAL_WORTH_SHOWING
    ]
    return ForeignKeyProposal(
        choice.child.table.name,
        (choice.child.name,),
        edge.parent.table.name,
        edge.parent.names,
        calibrated(share, "foreign_key", choice.measured),
        choice.measured,
        facts=_inclusion_facts(inferred, edge),
        evidence=evidence(edge, weights().foreign_key[choice.measured]),
        rivals=tuple(rivals),
        stem=" ".join(choice.child.own.stem),
    )


def _composite(choice: CompositeChoice, ranked: Sequence[tuple[CompositeEdge, float]]) -> ForeignKeyProposal:
    edge, share = ranked[0]
    found = edge.inclusion
    return ForeignKeyProposal(
        edge.table.name,
        edge.names,
        edge.parent.table.name,
        edge.parent.names,
        calibrated(share, "composite", choice.measured),
        choice.measured,
        evidence=pair_evidence(edge, weights().composite[choice.measured]),
        facts=RowFacts(
            found.rows,
            found.distinct if found.is_distinct_known else None,
            nulls=found.nulls,
            orphans=found.orphans,
            sentinels=found.sentinels,
            is_exact=found.is_exact,
        )
        if found
        else RowFacts(),
        rivals=tuple(
            Rival(rival.parent.table.name, rival.parent.names, calibrated(other, "composite", choice.measured))
            for rival, other in ranked[1 : _MOST_RIVALS + 1]
            if other >= _RIVAL_WORTH_SHOWING
        ),
    )


def _uniqueness_facts(inferred: Inferred, table: TableName, columns: tuple[str, ...]) -> RowFacts:
    found = inferred.situation.uniqueness.get((table, columns))
    if found is None:
        return RowFacts()
    return RowFacts(
        rows=found.rows,
        distinct=found.rows - found.duplicates - found.nulls if not found.nulls else None,
        nulls=found.nulls,
        duplicates=found.duplicates,
        is_exact=found.is_exact,
    )


def _inclusion_facts(inferred: Inferred, edge: Edge) -> RowFacts:
    inclusions = inferred.situation.inclusions
    found = inclusions.get(pair_of(edge)) if inclusions else None
    if found is None:
        return _NO_FACTS
    rows = inferred.situation.sizes.get(edge.child.table.name)
    return RowFacts(
        rows=found.rows,
        distinct=found.distinct if found.is_distinct_known else None,
        nulls=rows - found.rows if rows is not None and found.is_exact else found.nulls,
        orphans=found.orphans,
        sentinels=found.sentinels,
        is_exact=found.is_exact,
    )
