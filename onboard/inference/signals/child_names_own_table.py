"""The column is named after its own table."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.schema import ColumnView
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    stem, table = edge.child.words.stem, edge.child.table
    if edge.parent.table is table:
        return 0.0
    if edge.relation is Relation.TABLE and not edge.prefix_left and not edge.table_words_left:
        return 0.0
    if edge.relation is Relation.SAME_AS_KEY and stem in [entity.words for entity in edge.parent.table.entities]:
        return 0.0
    return 1.0 if stem in [entity.words for entity in table.entities] else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` is named after its own table"


def _names_own(child: ColumnView) -> bool:
    return child.words.stem in [entity.words for entity in child.table.entities]


SIGNAL = Signal("child_names_own_table", -1, _measure, _sentence, child=_names_own)
