"""The initials of the table's first words, with its other words or a role after them: `bu_class`, `hda_parent`."""

from __future__ import annotations

from onboard.inference.candidates import Edge, Relation
from onboard.inference.signal import Of, Signal
from onboard.inference.situation import Situation


def _measure(edge: Edge, situation: Situation) -> float:
    return 1.0 if edge.relation is Relation.INITIALS else 0.0


def _sentence(edge: Edge, value: float) -> str:
    return f"`{edge.child.name}` holds initials of `{edge.parent.table.name}`"


SIGNAL = Signal("says_initials", 1, _measure, _sentence, of=Of.RELATION)
