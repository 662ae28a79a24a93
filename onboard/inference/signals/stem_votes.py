"""Columns with the same stem are known to refer to the same key, or to another."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.signal import Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return situation.votes.get((edge.child, edge.parent.only), 0.0)


def _sentence(edge: Edge, value: float) -> str:
    where = "there" if value > 0 else "elsewhere"
    return f"known keys, or joins of views, lead other columns of this stem {where} ({value:+.2f})"


SIGNAL = Signal("stem_votes", 1, _measure, _sentence, is_settled=False, reads="votes")
