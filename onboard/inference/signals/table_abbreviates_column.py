"""The table's name is the short one: what goes on in the column's name may be another word run into it."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.lead and len(edge.lead.short) > len(edge.lead.entity.joined) else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.table.name}` is short for what `{edge.child.name}` says, not the other way round"


SIGNAL = Signal("table_abbreviates_column", -1, _measure, _sentence, of=Of.LEAD, only=(Relation.ABBREVIATION,))
