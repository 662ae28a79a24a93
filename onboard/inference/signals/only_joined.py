"""Nothing but a view that joins the two leads to the table."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.JOINED else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` shares no word with `{edge.parent.table.name}`; a view joins them"


SIGNAL = Signal("only_joined", 1, _measure, _sentence, of=Of.RELATION)
