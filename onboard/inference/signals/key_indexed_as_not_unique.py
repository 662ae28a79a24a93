"""The key is not declared, and its column has an index that does not say it is unique."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    key = edge.parent
    if key.is_declared:
        return 0.0
    plain = any(index.columns == key.names and not index.is_unique for index in key.table.table.indexes)
    return 1.0 if plain else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.only.name}` has an index, and it does not say that the column is unique"


SIGNAL = Signal("key_indexed_as_not_unique", -1, _measure, _sentence, of=Of.PARENT)
