"""The key draws from no sequence in a database whose keys usually do."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation
from onboard.inference.type_classes import TypeClass


def _measure(edge: Edge, situation: Situation) -> float:
    column = edge.parent.only.column
    drawn = column.identity or column.sequence or edge.parent.only.type_class is not TypeClass.WHOLE
    return 0.0 if drawn else situation.sequence_habit


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.only.name}` draws from no sequence, where keys usually do ({value:.0%})"


SIGNAL = Signal("key_lacks_usual_sequence", -1, _measure, _sentence, of=Of.PARENT)
