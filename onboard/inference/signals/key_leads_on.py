"""The key of that name is itself a reference, by its name, to a table that the column may mean directly."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return edge.leads_on


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.only.name}` of `{edge.parent.table.name}` is itself named after another table that is meant"


SIGNAL = Signal("key_leads_on", -1, _measure, _sentence, passes_on="leads_on")
