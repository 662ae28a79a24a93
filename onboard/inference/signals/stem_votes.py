"""Columns with the same stem are known to refer to the same key, or to another."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    pair = (edge.child.table.name, edge.child.name, edge.parent.table.name, edge.parent.only.name)
    return situation.votes.get(pair, 0.0)


def _sentence(edge: Edge, value: float) -> str:
    where = "there" if value > 0 else "elsewhere"
    return f"known keys, or joins of views, lead other columns of this stem {where} ({value:+.2f})"


SIGNAL = Signal("stem_votes", 1, _measure, _sentence, is_settled=False, reads="votes")
