"""The answers about one relation -> Table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from onboard.catalog.engines.postgresql.attachments import Attachments
from onboard.catalog.engines.postgresql.columns import RawColumn, RawColumns
from onboard.catalog.engines.postgresql.constraints import (
    Constraints,
    RawConstraint,
    as_check,
    as_exclusion,
    as_foreign_key,
    as_key,
)
from onboard.catalog.engines.postgresql.indexes import IndexNames, RawIndexes, as_index, included
from onboard.catalog.engines.postgresql.relations import Relation
from onboard.catalog.engines.postgresql.sequences import Sequences
from onboard.catalog.engines.postgresql.types import Types
from onboard.catalog.structure import Column, Index, Key, Table, TableKind

_NOTHING = Attachments()
_IDENTITIES = {"a": "always", "d": "by default"}


@dataclass(frozen=True, slots=True)
class Answers:
    """What the server said, by relation."""

    columns: RawColumns
    types: Types
    constraints: Constraints
    indexes: RawIndexes
    index_names: IndexNames
    sequences: Sequences
    attachments: Mapping[int, Attachments]
    null_forbidden: frozenset[int]  # domains


def as_table(relation: Relation, answers: Answers) -> Table:
    """Return the relation with all that hangs on it."""
    columns = answers.columns[relation.oid]
    raws = answers.constraints.by_relation.get(relation.oid, [])
    keys = {raw.letter: _key(raw, answers) for raw in raws if raw.letter == "p"}
    attached = answers.attachments.get(relation.oid, _NOTHING)
    return Table(
        name=relation.name,
        kind=relation.kind,
        columns=_columns(relation.oid, keys.get("p"), answers),
        primary_key=keys.get("p"),
        uniques=tuple(sorted((_key(raw, answers) for raw in raws if raw.letter == "u"), key=lambda key: key.name)),
        foreign_keys=tuple(
            sorted(
                (as_foreign_key(raw, answers.columns) for raw in raws if raw.letter == "f"),
                key=lambda key: (key.name, key.columns),
            )
        ),
        checks=tuple(
            sorted(
                (as_check(raw, columns) for raw in raws if raw.letter == "c"),
                key=lambda check: (check.name, check.expression),
            )
        ),
        exclusions=tuple(
            sorted(
                (as_exclusion(raw, _index_of(raw, answers)) for raw in raws if raw.letter == "x"),
                key=lambda exclusion: exclusion.name,
            )
        ),
        indexes=tuple(sorted(_indexes(relation.oid, answers), key=lambda index: index.name)),
        comment=relation.comment,
        view_definition=relation.view_definition,
        depends_on=tuple(attached.depends_on),
        partition_key=relation.partition_key,
        partitions=tuple(partition for _, partition in attached.partitions),
        parents=tuple(attached.parents),
        triggers=tuple(attached.triggers),
        rules=tuple(attached.rules),
        policies=tuple(attached.policies),
        has_row_security=relation.has_row_security,
        is_unlogged=relation.is_unlogged,
        is_readable=relation.is_readable,
    )


def estimate(relation: Relation, answers: Answers) -> int:
    """Return the estimated rows; a partitioned table's are those of its leaves."""
    if relation.kind is TableKind.PARTITIONED:
        return answers.attachments.get(relation.oid, _NOTHING).partition_rows
    return relation.estimate


def _columns(relation: int, pk: Key | None, answers: Answers) -> tuple[Column, ...]:
    in_key = frozenset(pk.columns if pk else ())
    return tuple(_column(relation, number, raw, in_key, answers) for number, raw in answers.columns[relation].items())


def _column(relation: int, number: int, raw: RawColumn, in_key: frozenset[str], answers: Answers) -> Column:
    type_ = answers.types.by_key[raw.type_oid, raw.modifier]
    if raw.dimensions > 1 and type_.element is not None:
        type_ = replace(type_, sql=type_.sql + "[]" * (raw.dimensions - 1), dimensions=raw.dimensions)
    sequences = answers.sequences
    return Column(
        name=raw.name,
        type=type_,
        # `pg_type.typnotnull` of a domain speaks for this domain alone, so the ones below it are asked as well.
        is_nullable=not (raw.is_not_null or raw.name in in_key or raw.type_oid in answers.null_forbidden),
        default=None if raw.generated else raw.expression,
        identity=_IDENTITIES.get(raw.identity, ""),
        generated=raw.expression if raw.generated else None,
        is_stored=raw.generated != "v",
        collation=raw.collation,
        comment=raw.comment,
        sequence=sequences.by_identity.get((relation, number)) or sequences.by_default.get(raw.default_oid or 0),
    )


def _key(raw: RawConstraint, answers: Answers) -> Key:
    columns = answers.columns[raw.relation]
    index = next(one for one in answers.indexes[raw.relation] if one.oid == raw.index_oid)
    return as_key(raw, columns, include=included(index, columns), nulls_not_distinct=index.nulls_not_distinct)


def _index_of(raw: RawConstraint, answers: Answers) -> Index:
    return next(index for index in _indexes(raw.relation, answers) if index.constraint == raw.name)


def _indexes(relation: int, answers: Answers) -> list[Index]:
    backed = answers.constraints.by_index
    return [
        as_index(
            raw,
            answers.columns[relation],
            answers.index_names,
            backed[raw.oid].name if raw.oid in backed else None,
        )
        for raw in answers.indexes.get(relation, ())
    ]
