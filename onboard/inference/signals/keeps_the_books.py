"""The column belongs to the bookkeeping of its row (who audited it), for which databases seldom declare a key."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.schema import ColumnView
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation
from onboard.inference.weights import weights


def _measure(edge: Edge, situation: Situation) -> float:
    if situation.sizes or not (edge.extra_words or edge.relation is Relation.PERSON):
        return 0.0  # once rows were read, what they say counts
    return 1.0 if weights().words["audit_roles"].intersection(edge.child.words.stem) else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` keeps the books about its row, which is seldom declared"


def _says_who(child: ColumnView) -> bool:
    return bool(weights().words["audit_roles"].intersection(child.words.stem))


SIGNAL = Signal("keeps_the_books", -1, _measure, _sentence, of=Of.LEAD, is_settled=False, child=_says_who)
