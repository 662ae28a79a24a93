"""The parent links other tables (`item_to_store`, `role_mapping`), and such a table is seldom referred to."""

from __future__ import annotations

from onboard.inference.candidates import Edge
from onboard.inference.schema import KeyName
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation
from onboard.inference.weights import weights


def _measure(edge: Edge, situation: Situation) -> float:
    words = edge.parent.table.words
    is_link = (
        bool(weights().words["link_tables"].intersection(words[-1:])) and edge.parent.named_after is not KeyName.OWN
    )
    return 1.0 if is_link or "to" in words[1:-1] else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.parent.table.name}` links other tables, and those are seldom referred to"


SIGNAL = Signal("parent_is_link", -1, _measure, _sentence, of=Of.PARENT)
