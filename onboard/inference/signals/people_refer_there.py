"""Of the tables that hold people it is the one that most columns plainly refer to; below 0: it is not."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    if edge.relation is not Relation.PERSON:
        return 0.0
    return 1.0 if (edge.parent.table.name, edge.parent.only.name) == situation.people else -1.0


def _sentence(edge: Edge, value: float) -> str:
    if value > 0:
        return f"of the tables of people, `{edge.parent.table.name}` is the one that most columns refer to"
    return f"most columns refer to other people than `{edge.parent.table.name}`"


SIGNAL = Signal("people_refer_there", 1, _measure, _sentence, of=Of.LEAD, is_settled=False, reads="people")
