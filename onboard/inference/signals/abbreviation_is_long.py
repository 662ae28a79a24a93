"""The short form is itself a long word: `driver` is hardly short for `driverstandings`."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation

_USUAL = 4  # letters of an abbreviation
_MOST = 4.0


def _measure(edge: Edge, situation: Situation) -> float:
    if edge.lead is None or not edge.lead.short:
        return 0.0
    size = min(len(edge.lead.short), len(edge.lead.entity.joined))
    return min(_MOST, max(0, size - _USUAL)) / _MOST


def _sentence(edge: Edge, value: float) -> str:
    return "the short form is a long word itself"


SIGNAL = Signal("abbreviation_is_long", -1, _measure, _sentence, of=Of.LEAD, only=(Relation.ABBREVIATION,))
