"""How much of the words the abbreviation leaves out."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    if edge.lead is None or not edge.lead.short:
        return 0.0
    sizes = len(edge.lead.short), len(edge.lead.entity.joined)
    return 1 - min(sizes) / max(sizes)


def _sentence(edge: Edge, value: float) -> str:
    return f"{value:.0%} of the letters are left out"


SIGNAL = Signal("abbreviation_is_short", -1, _measure, _sentence, of=Of.LEAD, only=(Relation.ABBREVIATION,))
