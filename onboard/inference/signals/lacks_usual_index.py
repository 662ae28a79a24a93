"""The column has no index in a database that indexes columns like it."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    is_indexed = edge.child.is_indexed or (edge.child.in_primary_key and edge.child.position == 0)
    return 0.0 if is_indexed else situation.index_habit


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` is not indexed, where columns like it usually are ({value:.0%})"


SIGNAL = Signal("lacks_usual_index", -1, _measure, _sentence, of=Of.CHILD)
