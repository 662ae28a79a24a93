"""Learns how references look in this database: how their columns end, whether they have indexes or are declared.

Those that are declared show it best; beside them count the columns that likely refer.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from onboard.inference.candidates import Edge, Lead, Relation
from onboard.inference.schema import ColumnView, Schema
from onboard.inference.situation import Situation
from onboard.inference.type_classes import TypeClass

Likely = tuple[ColumnView, Edge, float]  # a column, where it most likely leads, and the share of that

_LIKELY = 0.3
_USUALLY_INDEXED = 0.4  # of columns that might be references and are not
_MOST_SAID = 2.0  # log-odds: 92 % of the references have indexes
_PATIENCE = 3  # columns before a habit is believed
_PLAIN = (Relation.SAME_AS_KEY, Relation.TABLE, Relation.ENDS_WITH_KEY, Relation.ENDS_WITH_TABLE)


def learn_name_habits(situation: Situation, found: Iterable[tuple[ColumnView, Iterable[Lead]]]) -> None:
    """Note how columns that are plainly named after a key, or refer to one, are called here; each name counts once.

    `found` holds the columns that declare nothing, with what their names lead to.
    """
    plain = [column for column, leads in found if any(lead.relation in _PLAIN for lead in leads)]
    suffixes = {
        (column.words.joined, bool(column.words.suffix))
        for column in (*plain, *_declared(situation.schema))
        if not column.in_primary_key
    }
    situation.suffix_habit = sum(has_suffix for _, has_suffix in suffixes) / (len(suffixes) + _PATIENCE)
    keys = [
        key.only.column
        for table in situation.schema.tables
        for key in table.keys
        if len(key.columns) == 1 and key.is_primary and key.only.type_class is TypeClass.WHOLE
    ]
    drawn = sum(bool(column.identity or column.sequence) for column in keys)
    situation.sequence_habit = drawn / (len(keys) + _PATIENCE)
    situation.common_prefix = situation.schema.common_prefix


def index_habit(schema: Schema, likely: Iterable[Likely]) -> float:
    """Return from 0 to 1 how much it says here, in log-odds, that a reference has no index.

    By those that are declared and those that are likely already, each by its share. Where all of them have one, it says
    most; where no more have one than any column has, it says nothing.
    """
    indexed = in_all = 0.0
    referring = [(column, 1.0) for column in _declared(schema)]
    referring += [(column, share) for column, _, share in likely if share > _LIKELY]
    for column, share in referring:
        if not column.in_primary_key and column.is_indexed == column.is_in_index:
            in_all += share
            indexed += share * column.is_indexed
    rate = (indexed + _PATIENCE * _USUALLY_INDEXED) / (in_all + _PATIENCE)
    says = math.log((1 - _USUALLY_INDEXED) / (1 - rate))
    return min(1.0, max(0.0, says / _MOST_SAID))


def declared_habit(schema: Schema, likely: Iterable[Likely]) -> float:
    """Return the share of the references that are declared, of these and of the likely ones."""
    declared = sum(1 for _ in _declared(schema))
    return declared / (declared + sum(share for _, _, share in likely if share > _LIKELY) + _PATIENCE)


def _declared(schema: Schema) -> Iterator[ColumnView]:
    for table in schema.tables:
        for key in table.table.foreign_keys:
            if len(key.columns) == 1 and key.columns[0] in table.by_name:
                yield table.by_name[key.columns[0]]
