"""The column is named after its own table."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    is_own = any(edge.child.words.stem == entity.words for entity in edge.child.table.entities)
    return 1.0 if is_own and edge.parent.table is not edge.child.table and edge.relation is not Relation.TABLE else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` is named after its own table"


SIGNAL = Signal("child_names_own_table", -1, _measure, _sentence)
