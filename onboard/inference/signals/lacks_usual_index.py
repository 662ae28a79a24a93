"""The column has no index in a database that indexes its references."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.schema import ColumnView
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation

_NEARLY_ALL = 0.6  # of what can be said
_INSIDE = 0.3  # of the doubt where the column is in an index, but not its first


def _measure(edge: Edge, situation: Situation) -> float:
    if not _is_not_indexed(edge.child):
        return 0.0
    return situation.index_habit * (_INSIDE if edge.child.is_in_index else 1.0)


def _sentence(edge: Edge, value: float) -> str:
    how = "nearly always" if value > _NEARLY_ALL else "often"
    return f"`{edge.child.name}` is not indexed, where references {how} are"


def _is_not_indexed(child: ColumnView) -> bool:
    return not child.is_indexed and not (child.in_primary_key and child.position == 0)


SIGNAL = Signal(
    "lacks_usual_index",
    -1,
    _measure,
    _sentence,
    of=Of.CHILD,
    is_settled=False,
    child=_is_not_indexed,
    reads="index_habit",
)
