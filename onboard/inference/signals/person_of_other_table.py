"""The column says which person, and the rows of its own table are no people: `departments.manager_id`."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.schema import ColumnView
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation
from onboard.inference.weights import weights


def _measure(edge: Edge, situation: Situation) -> float:
    if edge.relation is not Relation.ITSELF or not _says_person(edge.child):
        return 0.0
    return 0.0 if weights().words["people_tables"].intersection(edge.parent.table.words[-1:]) else 1.0


def _says_person(child: ColumnView) -> bool:
    return not weights().words["people_roles"].isdisjoint(child.own.stem[-1:])


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` says which person, and the rows of `{edge.parent.table.name}` are no people"


SIGNAL = Signal("person_of_other_table", -1, _measure, _sentence, only=(Relation.ITSELF,), child=_says_person)
