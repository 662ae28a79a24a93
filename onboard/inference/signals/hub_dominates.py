"""The share of the references without a word in common that lead to the key."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return situation.hub_share if edge.relation is Relation.HUB else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"{value:.0%} of the references that no name explains lead to `{edge.parent.table.name}`"


SIGNAL = Signal("hub_dominates", 1, _measure, _sentence, is_settled=False, only=(Relation.HUB,), reads="hub_share")
